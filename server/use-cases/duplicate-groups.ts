/** Groups of records that a rule of uniqueness takes for the same, counted while all records are read. */
import type { CompiledEntity, CompiledField, DefinitionProblem, UniqueKey, WireRecord } from '../../runtime/engine'
import type { Table } from '../model/tables'
import { readerOf, type Context } from './context'

/** `values`: those of the rule's fields in the first record. */
export interface DuplicateGroup { values: unknown[]; count: number; records: { id: string; title: string }[] }

const mostGroups = 100
const mostRecords = 5

export class DuplicateCounter {
  /** By key: the one record that has it, or those that share it. */
  private readonly seen = new Map<string, string | { count: number; ids: string[] }>()
  constructor(private readonly key: UniqueKey) {}

  note(record: WireRecord): void {
    const value = this.key.of(record)
    if (value === null) return
    const known = this.seen.get(value)
    if (known === undefined) this.seen.set(value, record.id!)
    else if (typeof known === 'string') this.seen.set(value, { count: 2, ids: [known, record.id!] })
    else { known.count++; if (known.ids.length < mostRecords) known.ids.push(record.id!) }
  }

  /** The largest groups, and how many groups and records in them there are. `present`: a record as the rule reads it. */
  async groups(ctx: Context, table: Table, present: (record: WireRecord) => WireRecord): Promise<{ count: number; records: number; groups: DuplicateGroup[] }> {
    const shared = [...this.seen.values()].filter((one) => typeof one !== 'string')
    const shown = shared.toSorted((a, b) => b.count - a.count).slice(0, mostGroups)
    const docs = await readerOf(ctx).getMany(table.collection, shown.flatMap(({ ids }) => ids), table.flat)
    const records = new Map<string, WireRecord>(docs.map((doc) => [doc.id, present(table.decode(doc))]))
    const groups = shown.map(({ count, ids }) => this.group(count, ids.map((id) => records.get(id)).filter((r) => r !== undefined), table))
    return { count: shared.length, records: shared.reduce((sum, { count }) => sum + count, 0), groups }
  }

  private group(count: number, records: WireRecord[], { entity }: Table): DuplicateGroup {
    const values = this.key.fields.map(({ name }) => records[0]?.[name] ?? null)
    return { count, values, records: records.map((r) => ({ id: r.id!, title: String(r[entity.definition.titleField] ?? '') })) }
  }
}

/** Publishing is refused while records are the same by a rule. */
export const duplicateData = ({ name }: CompiledEntity, fields: CompiledField[], count?: number): DefinitionProblem => ({
  kind: 'entity', key: name, path: '/unique', code: 'duplicateData',
  params: { count: count === undefined ? { en: 'Some', zh: '部分' } : { en: String(count), zh: `${count}条` }, fields: fields.map((f) => f.definition.label) },
})
