/**
 * Every edit is a command: it can be executed and reverted, and it says what it does. Commands are built from pure functions on
 * documents, so a designer never writes anything but "this document becomes that".
 */
import type { Definition } from '../../schemas/generated/types'
import type { DocumentId, Documents } from './documents'
import type { CommandText } from './command-text'

export interface Command {
  /** Shown beside undo and redo. */
  readonly text: CommandText
  readonly touches: readonly DocumentId[]
  execute(documents: Documents): Documents
  /** Undoes `execute`; the documents are then as they were. */
  revert(documents: Documents): Documents
  /** One command for this one and the next, when the next only continues it (typing). */
  joined?(next: Command): Command | undefined
}

/** What a document becomes; `undefined` removes it. */
export type Change = (before: Definition | undefined) => Definition | undefined
export interface Step { readonly id: DocumentId; readonly before: Definition | undefined; readonly after: Definition | undefined }

/** Changes one or several documents at once. `typing` names the place that is being typed into. */
export function change(documents: Documents, text: CommandText, changes: Readonly<Record<DocumentId, Change>>, typing?: string): Command {
  const steps = (Object.entries(changes) as [DocumentId, Change][])
    .map(([id, become]) => ({ id, before: documents[id], after: become(documents[id]) }))
  return new DocumentsCommand(text, steps.filter((step) => step.before !== step.after), typing)
}

class DocumentsCommand implements Command {
  readonly touches: readonly DocumentId[]
  constructor(readonly text: CommandText, private readonly steps: readonly Step[], private readonly typing: string | undefined) {
    this.touches = steps.map((step) => step.id)
  }

  execute(documents: Documents) { return this.apply(documents, (step) => step.after) }
  revert(documents: Documents) { return this.apply(documents, (step) => step.before) }

  joined(next: Command): Command | undefined {
    if (!(next instanceof DocumentsCommand) || this.typing === undefined || this.typing !== next.typing) return undefined
    if (this.touches.join() !== next.touches.join()) return undefined
    const steps = this.steps.map((step, i) => ({ ...step, after: next.steps[i]!.after }))
    return new DocumentsCommand(this.text, steps, this.typing)
  }

  private apply(documents: Documents, pick: (step: Step) => Definition | undefined): Documents {
    const next: { [id: DocumentId]: Definition | undefined } = { ...documents }
    for (const step of this.steps) {
      const document = pick(step)
      if (document === undefined) delete next[step.id]
      else next[step.id] = document
    }
    return next
  }
}
