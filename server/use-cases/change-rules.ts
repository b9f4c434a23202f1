/** What a new version of a definition may not do to records that exist. Source: metadata.md, Life of a definition. */
import { type DefinitionProblem, type Catalog } from '../../runtime/engine'
import { fieldTypeOf } from '../../schemas/field-types'
import type { Definition, Entity, Field, Pipeline } from '../../schemas/generated/types'
import { idOf } from '../model/model'
import { notDeleted } from '../records/visibility'
import type { Where } from '../../schemas/filters'
import { readerOf, type Context } from './context'

type Add = (path: string, code: DefinitionProblem['code'], params: Record<string, unknown>) => void

export async function changeProblems(ctx: Context, changed: Definition[], catalog: Catalog): Promise<DefinitionProblem[]> {
  const problems: DefinitionProblem[] = []
  for (const document of changed) {
    const before = ctx.model.published.get(idOf(document.kind, document.kind === 'action' ? `${document.entity}.${document.name}` : document.name))?.body
    const add: Add = (path, code, params) => problems.push({ kind: document.kind, key: document.name, path, code, params })
    if (document.kind === 'entity' && before) await entityChanges(ctx, before as Entity, document, add)
    if (document.kind === 'pipeline' && before) await removedStages(ctx, before as Pipeline, document, catalog, add)
  }
  return problems
}

async function entityChanges(ctx: Context, before: Entity, after: Entity, add: Add) {
  for (const { old, now, path } of pairs(before.fields, after.fields, '/fields', add)) {
    if (storedType(now) !== storedType(old)) { add(`${path}/type`, 'typeChanged', { name: old.name, from: storedType(old), to: storedType(now) }); continue }
    await removedOptions(ctx, after.name, old, now, `${path}/options`, add)
    for (const column of pairs(columnsOf(old), columnsOf(now), `${path}/fields`, add)) {
      if (storedType(column.now) !== storedType(column.old)) add(`${column.path}/type`, 'typeChanged', { name: column.old.name, from: storedType(column.old), to: storedType(column.now) })
    }
  }
}

const columnsOf = (field: Field) => fieldTypeOf(field).rows?.(field) ?? []

/** Published fields beside what has become of them; those that are gone are reported. */
function pairs(before: Field[], after: Field[], path: string, add: Add): { old: Field; now: Field; path: string }[] {
  const id = (f: Field) => f.uid ?? f.name
  return before.flatMap((old) => {
    const index = after.findIndex((f) => id(f) === id(old))
    if (index < 0) { add(path, 'fieldRemoved', { name: old.name }); return [] }
    return [{ old, now: after[index]!, path: `${path}/${index}` }]
  })
}

/** What decides how a value is kept: the type, its scale and what it refers to. */
function storedType(field: Field): string {
  const f = field as { type: string; scale?: number; entity?: string; result?: { type: string; scale?: number } }
  return [f.type, f.scale, f.entity, f.result?.type, f.result?.scale].filter((part) => part !== undefined).join(' ')
}

async function removedOptions(ctx: Context, entity: string, old: Field, now: Field, path: string, add: Add) {
  const gone = optionValues(old).filter((value) => !optionValues(now).includes(value))
  for (const value of gone) {
    const op = fieldTypeOf(old).storage === 'json' ? 'contains' : 'eq'
    const count = await countWhere(ctx, entity, { path: [old.name], op, value })
    if (count > 0) add(path, 'optionRemoved', { name: value, field: now.label, count })
  }
}

const optionValues = (field: Field) => ((field as { options?: { value: string }[] }).options ?? []).map((o) => o.value)

async function removedStages(ctx: Context, before: Pipeline, after: Pipeline, catalog: Catalog, add: Add) {
  const binding = catalog.entities.get(after.entity)?.definition.pipeline
  if (!binding) return
  for (const stage of before.stages.filter((s) => !after.stages.some((t) => t.id === s.id))) {
    const count = await countWhere(ctx, after.entity, { and: [{ path: [binding.stageField], op: 'eq', value: stage.id }, { path: [binding.pipelineField], op: 'eq', value: after.name }] })
    if (count > 0) add('/stages', 'stageRemoved', { name: stage.label, count })
  }
}

async function countWhere(ctx: Context, entity: string, where: Where): Promise<number> {
  const table = ctx.model.tables.get(entity)
  return table ? readerOf(ctx).count(table.collection, { where: { and: [notDeleted, where] } }) : 0
}
