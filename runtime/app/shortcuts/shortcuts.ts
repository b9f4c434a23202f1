import { create } from 'zustand'
import type { TextKey } from '../i18n'

export interface Shortcut {
  /** "n", "?", "g i" (one after the other), "mod+s" (Ctrl, on a Mac Cmd). */
  keys: string
  name: TextKey
  run: () => void
  /** Works on every screen; the others belong to the screen that is open. */
  everywhere: boolean
}

interface State { shortcuts: Shortcut[]; helpOpen: boolean }

export const useShortcutStore = create<State>(() => ({ shortcuts: [], helpOpen: false }))

export const openShortcutHelp = () => useShortcutStore.setState({ helpOpen: true })
export const closeShortcutHelp = () => useShortcutStore.setState({ helpOpen: false })

/** The one added last wins where two want the same keys. Returns how to take it back. */
export function addShortcut(shortcut: Shortcut): () => void {
  useShortcutStore.setState(({ shortcuts }) => ({ shortcuts: [...shortcuts, shortcut] }))
  return () => useShortcutStore.setState(({ shortcuts }) => ({ shortcuts: shortcuts.filter((s) => s !== shortcut) }))
}

let first = ''
let firstAt = 0
const sequencePause = 900

window.addEventListener('keydown', (event) => {
  if (event.isComposing || event.defaultPrevented) return
  const key = chord(event)
  if (!key || (isPlain(key) && isBusy(event.target))) return
  const now = Date.now()
  const sequence = first && now - firstAt < sequencePause ? `${first} ${key}` : key
  first = key
  firstAt = now
  const shortcut = find(sequence) ?? find(key)
  if (!shortcut) return
  first = ''
  event.preventDefault()
  shortcut.run()
})

const find = (keys: string) => useShortcutStore.getState().shortcuts.findLast((shortcut) => shortcut.keys === keys)

function chord(event: KeyboardEvent): string | undefined {
  if (event.altKey || ['Control', 'Meta', 'Shift', 'Alt'].includes(event.key)) return undefined
  const key = event.key.toLowerCase()
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key
}

const isPlain = (key: string) => !key.startsWith('mod+')

/** Letters belong to whoever types, and to an open dialog. */
function isBusy(target: EventTarget | null): boolean {
  const element = target as HTMLElement
  const typing = element.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName)
  return typing || document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null
}
