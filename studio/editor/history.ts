/** The command stack: what was done, what was undone, and the documents as they are now. Pure; the workspace holds one. */
import type { Command } from './command'
import type { Documents } from './documents'

export interface History {
  readonly documents: Documents
  readonly done: readonly Command[]
  readonly undone: readonly Command[]
}

/** Far more than anyone undoes; keeps the memory of a long session bounded. */
const longest = 500

export const begin = (documents: Documents): History => ({ documents, done: [], undone: [] })

/** Executes a command. What was undone before can no longer be redone. A command that changes nothing leaves no trace. */
export function run(history: History, command: Command): History {
  if (command.touches.length === 0) return history
  const last = history.done.at(-1)
  const joined = history.undone.length === 0 ? last?.joined?.(command) : undefined
  const done = joined ? history.done.with(-1, joined) : [...history.done, command].slice(-longest)
  return { documents: command.execute(history.documents), done, undone: [] }
}

export function undo(history: History): History {
  const last = history.done.at(-1)
  if (!last) return history
  return { documents: last.revert(history.documents), done: history.done.slice(0, -1), undone: [...history.undone, last] }
}

export function redo(history: History): History {
  const next = history.undone.at(-1)
  if (!next) return history
  return { documents: next.execute(history.documents), done: [...history.done, next], undone: history.undone.slice(0, -1) }
}
