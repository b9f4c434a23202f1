/** Unsaved documents are kept in the browser too, so that neither a crash nor a lost connection costs an edit. `null`: removed. */
import type { Definition } from '../../schemas/generated/types'
import type { DocumentId } from '../editor/documents'

export type Unsaved = Record<DocumentId, Definition | null>
const storageKey = (me: string) => `formwright.studio.unsaved.${me}`

export function rememberUnsaved(me: string, unsaved: Unsaved): void {
  try {
    localStorage.setItem(storageKey(me), JSON.stringify(unsaved))
  } catch {
    // No room or no permission: the drafts on the server are the real thing, this is only the net below.
  }
}
export const forgetUnsaved = (me: string) => localStorage.removeItem(storageKey(me))

export function rememberedUnsaved(me: string): Unsaved {
  try {
    return JSON.parse(localStorage.getItem(storageKey(me)) ?? '{}') as Unsaved
  } catch {
    return {}
  }
}
