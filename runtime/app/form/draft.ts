import type { Values } from '../api'

/** What was typed and not saved; survives a reload, a closed session and a slip of the mouse. */
export interface Draft {
  /** Revision the changes are based on; 0 for a new record. */
  rev: number
  changes: Values
  at: string
}

/** Drafts belong to a person: the next one at this computer does not see them. */
export const draftKey = (user: string, entity: string, id: string | undefined, prefill: string): string =>
  `formwright.draft.${user}.${entity}.${id ?? `new${prefill}`}`

export function readDraft(key: string): Draft | undefined {
  const text = sessionStorage.getItem(key)
  return text === null ? undefined : (JSON.parse(text) as Draft)
}

/** A full storage loses the draft, not the form. */
export function writeDraft(key: string, draft: Draft): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft))
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}

export const clearDraft = (key: string): void => sessionStorage.removeItem(key)
