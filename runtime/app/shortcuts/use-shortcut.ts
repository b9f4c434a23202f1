import { useEffect, useRef } from 'react'
import type { TextKey } from '../i18n'
import { addShortcut } from './shortcuts'

/** Keys that work while this component is on the screen; the help lists them. */
export function useShortcut(keys: string, name: TextKey, run: () => void, options: { everywhere?: boolean; enabled?: boolean } = {}): void {
  const { everywhere = false, enabled = true } = options
  const latest = useRef(run)
  latest.current = run
  useEffect(() => (enabled ? addShortcut({ keys, name, everywhere, run: () => latest.current() }) : undefined), [keys, name, everywhere, enabled])
}
