import type { RJSFValidationError } from '@rjsf/utils'
import { useCallback } from 'react'
import { fieldsOf, type Tab } from '../layout/layout'

interface Layout { tabs: Tab[]; setActive: (id: string) => void }

/** Goes to what is wrong: opens its tab and puts the cursor there. */
export function useFocusProblem({ tabs, setActive }: Layout) {
  return useCallback((error: RJSFValidationError) => {
    const [, name = '', row, column] = (error.property ?? '').split('.')
    const tab = tabs.find((candidate) => fieldsOf(candidate).includes(name))
    if (tab) setActive(tab.id)
    requestAnimationFrame(() => focusField(column ? `f_${name}-${row}-${column}` : `f_${name}`))
  }, [tabs, setActive])
}

function focusField(id: string): void {
  const element = document.getElementById(id)
  element?.focus()
  element?.scrollIntoView({ block: 'center', behavior: 'smooth' })
}
