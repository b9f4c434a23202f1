/** Groups of records that a new rule of uniqueness takes for the same, counted while all records are read. */
import type { CompiledEntity, CompiledField, DefinitionProblem, NewRule, WireRecord } from '../../runtime/engine'
import type { Table } from '../model/tables'
import { readerOf, type Context } from './context'

/** `values`: those of the rule's fields in the first record. `count`: of records of all the kinds that are compared. */
export interface DuplicateGroup { values: unknown[]; count: number; records: { entity: string; id: string; title: string }[] }

interface Alike { own: number; ids: string[]; others: number; otherIds: { entity: string; id: string }[] }

const mostGroups = 100
const mostRecords = 5

/** Records of the rule's own kind are noted first, then those of the others. */
export class DuplicateCounter {
  /** By key: the one record that has it, or those that share it. */
  private readonly seen = new Map<string, string | Alike>()
  constructor(readonly rule: NewRule) {}

  note(record: WireRecord): void {
    const value = this.rule.key.of(record)
    if (value === null) return
    if (!this.seen.has(value)) { this.seen.set(value, record.id!); return }
    const alike = this.alikeAt(value)
    alike.own++
    if (alike.ids.length < mostRecords) alike.ids.push(record.id!)
  }

  noteOther(entity: string, record: WireRecord): void {
    for (const { key } of this.rule.others.filter((o) => o.entity.name === entity)) {
      const value = key.of(record)
      if (value === null || !this.seen.has(value)) continue
      const alike = this.alikeAt(value)
      alike.others++
      if (alike.otherIds.length < mostRecords) alike.otherIds.push({ entity, id: record.id! })
    }
  }

  private alikeAt(value: string): Alike {
    const known = this.seen.get(value)!
    if (typeof known !== 'string') return known
    const alike = { own: 1, ids: [known], others: 0, otherIds: [] }
    this.seen.set(value, alike)
    return alike
  }

  /** The largest groups, and how many groups and records in them there are. `present`: a record of its own kind as the rule reads it. */
  async groups(ctx: Context, table: Table, present: (record: WireRecord) => WireRecord): Promise<{ count: number; records: number; groups: DuplicateGroup[] }> {
    const shared = [...this.seen.values()].filter((one) => typeof one !== 'string').filter((one) => one.others > 0 || (this.rule.within && one.own > 1))
    const shown = shared.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, mostGroups)
    const own = await namedRecords(ctx, table, shown.flatMap(({ ids }) => ids), present)
    const others = await this.otherRecords(ctx, shown)
    const groups = shown.map((alike): DuplicateGroup => {
      const [first, ...rest] = alike.ids.flatMap((id) => own.get(id) ?? [])
      const named = [first, ...rest, ...alike.otherIds.map(({ entity, id }) => others.get(`${entity} ${id}`))].filter((r) => r !== undefined)
      return { count: sizeOf(alike), values: this.rule.key.fields.map(({ name }) => first?.record[name] ?? null), records: named.map(({ entity, id, title }) => ({ entity, id, title })) }
    })
    return { count: shared.length, records: shared.reduce((sum, alike) => sum + sizeOf(alike), 0), groups }
  }

  private async otherRecords(ctx: Context, groups: Alike[]): Promise<Map<string, Named>> {
    const named = new Map<string, Named>()
    for (const { entity } of this.rule.others) {
      const ids = groups.flatMap(({ otherIds }) => otherIds.filter((o) => o.entity === entity.name).map(({ id }) => id))
      const records = ids.length > 0 ? await namedRecords(ctx, ctx.model.tables.get(entity.name)!, ids) : new Map<string, Named>()
      for (const one of records.values()) named.set(`${one.entity} ${one.id}`, one)
    }
    return named
  }
}

const sizeOf = ({ own, others }: Alike) => own + others

interface Named { entity: string; id: string; title: string; record: WireRecord }

async function namedRecords(ctx: Context, table: Table, ids: string[], present = (record: WireRecord) => record): Promise<Map<string, Named>> {
  const { name, definition: { titleField } } = table.entity
  const docs = await readerOf(ctx).getMany(table.collection, ids, table.flat)
  return new Map(docs.map((doc) => { const record = present(table.decode(doc)); return [doc.id, { entity: name, id: doc.id, title: String(record[titleField] ?? ''), record }] }))
}

/** Publishing is refused while records are the same by a rule. */
export const duplicateData = ({ name }: CompiledEntity, fields: CompiledField[], count?: number): DefinitionProblem => ({
  kind: 'entity', key: name, path: '/unique', code: 'duplicateData',
  params: { count: count === undefined ? { en: 'Some', zh: '部分' } : { en: String(count), zh: `${count}条` }, fields: fields.map((f) => f.definition.label) },
})
