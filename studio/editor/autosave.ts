/**
 * Keeps the server's drafts up to date with the documents: a moment after the last change, one document after the other, again
 * after a failure. A document that equals what is published needs no draft.
 */
import type { Definition } from '../../schemas/generated/types'
import type { DocumentId, Documents } from './documents'
import { same } from './same'

export interface SaveTarget {
  save(id: DocumentId, document: Definition): Promise<unknown>
  discard(id: DocumentId): Promise<unknown>
}
export type SaveState = { kind: 'saved' | 'pending' | 'saving' } | { kind: 'failed'; error: unknown }

export interface AutosaveOptions {
  target: SaveTarget
  published(): Documents
  documents(): Documents
  onState(state: SaveState): void
  /** A draft was written (`true`) or thrown away. */
  onDraft(id: DocumentId, exists: boolean): void
  delay?: number
}

const longestPause = 30_000

export class Autosave {
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | undefined
  private failures = 0
  /** Counts what is sent to the server; an answer that was asked for before may be out of date. */
  writes = 0
  /** `server`: the documents as the server has them, drafts included. */
  constructor(private readonly options: AutosaveOptions, private server: Documents) {}

  /** To be called after every change. */
  changed(): void {
    if (this.unsaved().length === 0 && !this.running) return this.settle()
    this.options.onState({ kind: 'pending' })
    this.schedule(this.options.delay ?? 800)
  }

  /** Saves now; resolves when everything is saved, rejects when something could not be. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    while (this.running) await this.running.catch(() => undefined)
    if (this.unsaved().length === 0) return this.settle()
    this.running = this.saveAll().finally(() => { this.running = undefined })
    await this.running
    if (this.unsaved().length > 0) await this.flush()
  }

  /** Ids whose document differs from what the server has. */
  unsaved(): DocumentId[] {
    const now = this.options.documents()
    const ids = new Set([...Object.keys(now), ...Object.keys(this.server)] as DocumentId[])
    return [...ids].filter((id) => now[id] !== this.server[id])
  }

  /** The server's documents were read anew. */
  rebase(server: Documents): void { this.server = server }

  stop(): void { clearTimeout(this.timer) }

  private async saveAll(): Promise<void> {
    this.options.onState({ kind: 'saving' })
    try {
      for (const id of this.unsaved()) await this.saveOne(id)
      this.failures = 0
      if (this.unsaved().length === 0) this.settle()
    } catch (error) {
      this.failures += 1
      this.options.onState({ kind: 'failed', error })
      this.schedule(Math.min(longestPause, 2_000 * 2 ** (this.failures - 1)))
      throw error
    }
  }

  private async saveOne(id: DocumentId): Promise<void> {
    const document = this.options.documents()[id]
    const published = this.options.published()[id]
    this.writes += 1
    const needed = document !== undefined && !same(document, published)
    if (needed && !same(document, this.server[id])) await this.options.target.save(id, document)
    if (!needed && !same(published, this.server[id])) await this.options.target.discard(id)
    this.server = { ...this.server, [id]: document }
    this.options.onDraft(id, needed)
  }

  private settle(): void { this.options.onState({ kind: 'saved' }) }

  private schedule(delay: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => { this.flush().catch(() => undefined) }, delay)
  }
}
