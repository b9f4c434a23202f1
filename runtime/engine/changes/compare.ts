/** What a new version of an entity changes for records that exist. Pure: whether records mind is asked elsewhere. */
import { fieldTypeOf } from '../../../schemas/field-types'
import type { Entity, Field } from '../../../schemas/generated/types'
import { columnsOf, uidOf } from './identity'

/** `path` points into the new version; for what is gone, to the list it was in. */
export type EntityChange =
  | { kind: 'fieldAdded' | 'requiredAdded'; path: string; to: Field }
  | { kind: 'fieldRemoved'; path: string; from: Field }
  | { kind: 'columnRemoved'; path: string; from: Field; table: Field }
  | { kind: 'columnRetyped' | 'columnTightened'; path: string; from: Field; to: Field; table: Field }
  | { kind: 'columnRequiredAdded'; path: string; to: Field; table: Field }
  | { kind: 'renamed' | 'retyped' | 'tightened'; path: string; from: Field; to: Field }
  /** `tables`: of a column, the sub-table before and after. */
  | { kind: 'optionRemoved'; path: string; from: Field; to: Field; option: string; tables?: [Field, Field] }
  | { kind: 'ruleAdded'; path: string; id: string }

export type ChangeOf<K extends EntityChange['kind'], C = EntityChange> = C extends { kind: infer T } ? (K extends T ? C : never) : never

export function compareEntities(before: Entity, after: Entity): EntityChange[] {
  const old = new Map(before.fields.map((f) => [uidOf(f), f]))
  return [
    ...before.fields.filter((f) => !after.fields.some((g) => uidOf(g) === uidOf(f))).map((from): EntityChange => ({ kind: 'fieldRemoved', path: '/fields', from })),
    ...after.fields.flatMap((to, i) => { const from = old.get(uidOf(to)); return from ? fieldChanges(from, to, `/fields/${i}`) : added(to, `/fields/${i}`) }),
    ...(after.validations ?? []).flatMap((v, i): EntityChange[] => (before.validations?.some((w) => w.id === v.id && w.rule === v.rule) ? [] : [{ kind: 'ruleAdded', path: `/validations/${i}`, id: v.id }])),
  ]
}

const added = (to: Field, path: string): EntityChange[] => [{ kind: 'fieldAdded', path, to }, ...(to.required ? [{ kind: 'requiredAdded' as const, path: `${path}/required`, to }] : [])]

function fieldChanges(from: Field, to: Field, path: string): EntityChange[] {
  const changes: EntityChange[] = []
  if (from.name !== to.name) changes.push({ kind: 'renamed', path: `${path}/name`, from, to })
  if (to.required && !from.required) changes.push({ kind: 'requiredAdded', path: `${path}/required`, to })
  if (storedType(from) !== storedType(to)) return [...changes, { kind: 'retyped', path: `${path}/type`, from, to }]
  if (limitsOf(from) !== limitsOf(to)) changes.push({ kind: 'tightened', path, from, to })
  return [...changes, ...optionsRemoved(from, to, path), ...columnChanges(from, to, `${path}/fields`)]
}

const optionsRemoved = (from: Field, to: Field, path: string, tables?: [Field, Field]): EntityChange[] =>
  optionsOf(from).filter((o) => !optionsOf(to).includes(o)).map((option) => ({ kind: 'optionRemoved', path: `${path}/options`, from, to, option, ...(tables && { tables }) }))

function columnChanges(from: Field, to: Field, path: string): EntityChange[] {
  const former = new Map(columnsOf(from).map((column) => [uidOf(column), column]))
  const gone = columnsOf(from).filter((column) => !columnsOf(to).some((c) => uidOf(c) === uidOf(column)))
  return [
    ...gone.map((column): EntityChange => ({ kind: 'columnRemoved', path, from: column, table: to })),
    ...columnsOf(to).flatMap((now, i) => columnChange(former.get(uidOf(now)), now, `${path}/${i}`, [from, to])),
  ]
}

function columnChange(column: Field | undefined, now: Field, path: string, tables: [Field, Field]): EntityChange[] {
  const table = tables[1]
  const required: EntityChange[] = now.required && !column?.required ? [{ kind: 'columnRequiredAdded', path: `${path}/required`, to: now, table }] : []
  if (!column) return required
  if (storedType(now) !== storedType(column)) return [...required, { kind: 'columnRetyped', path: `${path}/type`, from: column, to: now, table }]
  const tightened: EntityChange[] = limitsOf(column) === limitsOf(now) ? [] : [{ kind: 'columnTightened', path, from: column, to: now, table }]
  return [...required, ...tightened, ...optionsRemoved(column, now, path, tables)]
}

/** What decides how a value is kept: the type, its scale and what it refers to. */
export function storedType(field: Field): string {
  const f = field as { type: string; scale?: number; entity?: string; dictionary?: string; result?: { type: string; scale?: number } }
  return [f.type, f.scale, f.entity, f.dictionary, f.result?.type, f.result?.scale].filter((part) => part !== undefined).join(' ')
}

/** Whether values can be taken over: rows are tables of their own, and numbers are given once. */
export function mayBecome(from: Field, to: Field): boolean {
  const [former, next] = [fieldTypeOf(from), fieldTypeOf(to)]
  return former.storage !== 'rows' && next.storage !== 'rows' && next.numbered === undefined
}

/** Members that say which values of the type are allowed. */
function limitsOf(field: Field): string {
  const { min, max, minLength, maxLength, maxRows, seconds } = field as unknown as { [member: string]: unknown }
  return JSON.stringify([min, max, minLength, maxLength, maxRows, seconds])
}

export const optionsOf = (field: Field): string[] => ((field as { options?: { value: string }[] }).options ?? []).map((o) => o.value)

/**
 * A former version as it may be published again: fields and columns that were added since stay, hidden and asked of nobody, because
 * records may have values in them.
 */
export const restored = (former: Entity, now: Entity): Entity => ({ ...former, fields: restoredFields(former.fields, now.fields) })

function restoredFields(former: Field[], now: Field[]): Field[] {
  const since = now.filter((f) => !former.some((g) => uidOf(g) === uidOf(f)))
  const known = new Map(now.map((f) => [uidOf(f), f]))
  return [...former.map((f) => withRestoredColumns(f, known.get(uidOf(f)))), ...since.map(({ required: _, requiredWhen: __, ...f }) => ({ ...f, hidden: true }) as Field)]
}

function withRestoredColumns(former: Field, now: Field | undefined): Field {
  return now && columnsOf(former).length > 0 ? ({ ...former, fields: restoredFields(columnsOf(former), columnsOf(now)) } as Field) : former
}
