/** What an expression at a place of a document may read, and what it must give. */
import { typesOf } from '../../../runtime/engine/scope'
import type { Catalog } from '../../../runtime/engine/model'
import { any, boolean, decimal, listOf, type CheckContext, type ExpressionType } from '../../../schemas/expressions'
import { fieldTypeOf } from '../../../schemas/field-types'
import type { Field, Label } from '../../../schemas/generated/types'
import { around, ownEntity, type NameScope } from '../names'

const conditions = new Set(['when', 'requiredWhen', 'readOnlyWhen', 'visibleWhen', 'rule', 'condition'])
const lists = new Set(['forEach'])

export function expectedAt(place: string): ExpressionType {
  const member = place.split('.').at(-1)!
  return conditions.has(member) ? boolean : lists.has(member) ? listOf(any) : any
}

/** Undefined while the entity is not there. */
export function contextAt(scope: NameScope, catalog: Catalog): CheckContext | undefined {
  const entity = catalog.entities.get(ownEntity(scope))
  return entity && typesOf(entity, catalog, extraAt(scope))
}

/** Variables beside the record's fields: the columns of the row, the item of a list, the input of an action. */
function extraAt(scope: NameScope): { [name: string]: ExpressionType } {
  const extra: { [name: string]: ExpressionType } = {}
  const objects = [...around(scope)]
  if (objects.some((o) => 'forEach' in o)) Object.assign(extra, { item: any, index: decimal })
  if ('input' in scope.document) extra.input = { kind: 'map', members: typesOfFields(scope.document.input ?? []) }
  for (const columns of objects.slice(1).map((o) => o.fields)) if (Array.isArray(columns)) Object.assign(extra, typesOfFields(columns as Field[]))
  return extra
}

const typesOfFields = (fields: readonly Field[]) => Object.fromEntries(fields.map((f) => [f.name, fieldTypeOf(f).expressionType(f)]))

/** Labels of what a path leads to: of fields of the entity, of entities that are referred to, of columns. */
export function labelOfPath(path: readonly string[], scope: NameScope, catalog: Catalog): Label | undefined {
  let fields = fieldsByName(ownEntity(scope), catalog)
  let label: Label | undefined
  for (const name of path) {
    const field = fields?.get(name)
    label = field?.definition.label
    fields = field?.refersTo ? fieldsByName(field.refersTo, catalog) : undefined
  }
  return label
}

const fieldsByName = (entity: string, catalog: Catalog) => catalog.entities.get(entity)?.fields
