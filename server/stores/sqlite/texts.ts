/**
 * Texts on their way into the search indexes. FTS5 writes a segment of its own at every savepoint that ends, and each transaction
 * of a group is one: what a group changes is therefore taken in once, at its end. Until then texts are looked through.
 */
import type { StoredDoc } from '../../ports/store'
import type { Connection } from './connection'
import type { Plan } from './plan'
import { indexedColumns, indexText, isIndexed } from './search'

interface Late { plan: Plan; id: string; column: string; text: string | null }

export class Texts {
  private readonly late: Late[] = []

  constructor(private readonly connection: Connection) {}

  /** Takes note of the texts of a new or changed document. */
  add(plan: Plan, id: string, doc: Partial<StoredDoc>): void {
    for (const { name } of indexedColumns(plan)) {
      if (Object.hasOwn(doc, name)) this.late.push({ plan, id, column: name, text: (doc[name] as string | null | undefined) ?? null })
    }
  }

  /** Whether the index of a collection lags behind its documents. */
  lagBehind({ table }: Plan): boolean { return this.late.some(({ plan }) => plan.table === table) }

  get mark(): number { return this.late.length }
  /** Forgets what has been noted since the mark. */
  backTo(mark: number): void { this.late.length = mark }

  /** The last text of each document, before the commit. A document that is gone again has none. */
  write(): void {
    const last = new Map(this.late.map((late) => [`${late.plan.table} ${late.column} ${late.id}`, late]))
    this.late.length = 0
    const there = new Map<string, boolean>()
    for (const { plan, id, column, text } of last.values()) {
      const index = `${plan.table} ${column}`
      if (!there.has(index)) there.set(index, isIndexed(this.connection, plan, plan.columns.get(column)!))
      if (there.get(index)) indexText(this.connection, plan, plan.columns.get(column)!, id, text)
    }
  }
}
