import { createContext, useContext, useMemo } from 'react'
import type { Problem } from '../../../schemas/errors'
import { useMessage } from '../i18n'
import { AlikeLinks } from './AlikeRecords'
import { useForm } from './form-model'

/** What is said of records alike before anything is saved. */
export const HintsContext = createContext<Problem[]>([])

/** Below a field. What concerns several fields is said at the last of them; that it will be refused, rather than that it may be. */
export function AlikeHint({ name }: { name: string }) {
  const hints = useContext(HintsContext)
  const say = useMessage()
  const entity = useForm((state) => state.rules.entity.name)
  const hint = useMemo(() => hintAt(hints, name), [hints, name])
  return (
    <div aria-live="polite">
      {hint && <div className={hint.code === 'duplicate' ? 'fw-field-problem' : 'fw-field-hint'}>{say(hint)} <AlikeLinks entity={entity} problems={[hint]} /></div>}
    </div>
  )
}

function hintAt(hints: Problem[], name: string): Problem | undefined {
  const once = new Map(hints.map((hint) => [hint.message, hint]))
  const here = [...once.values()].filter(({ path }) => path === `/${name}`)
  return here.find(({ code }) => code === 'duplicate') ?? here[0]
}
