/** Fields whose values are kept in another form than before: each gets a column of its own, so that both forms are there for a while. */
import type { Entity, Field } from '../../../schemas/generated/types'
import type { CompiledEntity, CompiledField } from '../model'
import { storedType } from './compare'
import { columnOf, uidOf } from './identity'

export interface Retyped { from: CompiledField; to: CompiledField }

/** Also what follows from elsewhere: the sum of whole numbers that become decimals. */
export function retypedFields(before: CompiledEntity, after: CompiledEntity): Retyped[] {
  const known = new Map(before.own.map((f) => [uidOf(f.definition), f]))
  return after.own.flatMap((to) => {
    const from = known.get(uidOf(to.definition))
    return from && !to.volatile && (keptAs(from) !== keptAs(to) || movesRows(from, to)) ? [{ from, to }] : []
  })
}

/** A column that goes or gets another form moves all its rows, so that the former ones stay whole. */
function movesRows({ rows: before }: CompiledField, { rows: after }: CompiledField): boolean {
  const now = new Map(after?.map((c) => [uidOf(c.definition), c]))
  return (before ?? []).some((c) => { const next = now.get(uidOf(c.definition)); return !next || keptAs(c) !== keptAs(next) })
}

const keptAs = ({ effective, effectiveType }: CompiledField) => `${effectiveType.storage} ${storedType(effective)}`

/** The definition with new columns for the fields whose form changes; undefined when there are none. */
export function withNewColumns(definition: Entity, before: CompiledEntity, after: CompiledEntity): Entity | undefined {
  const columns = new Map(retypedFields(before, after).map(({ from, to }) => [uidOf(to.definition), columnAfter(from.definition, to.effectiveType.storage)]))
  if (columns.size === 0) return undefined
  return { ...definition, fields: definition.fields.map((field): Field => { const column = columns.get(uidOf(field)); return column === undefined ? field : { ...field, column } }) }
}

/** Counted on, so that no former column is written again; named after the storage, because a column keeps its kind. */
function columnAfter(field: Field, storage: string): string {
  const count = Number(/\$(\d+)_/.exec(columnOf(field))?.[1] ?? 1)
  return `${uidOf(field)}$${count + 1}_${storage}`
}
