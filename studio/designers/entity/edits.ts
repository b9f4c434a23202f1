/** Edits of an entity's fields, and of the forms and views they appear on. Pure. */
import { fieldTypeOf } from '../../../schemas/field-types'
import type { Definition, Entity, Field, Form, FormSection, View } from '../../../schemas/generated/types'
import { uidOf } from '../../../runtime/engine/changes/identity'
import type { Change } from '../../editor/command'
import { idOf, ofKind, partsOf, type DocumentId, type Documents } from '../../editor/documents'
import { getAt, setAt, type Path } from '../../editor/path'
import { renamedIn, type Renaming } from './screens'

export type Changes = Record<DocumentId, Change>

/** Adds a field, and where wanted the places that make it visible: the entity's forms and its first table. */
export function addField(documents: Documents, entity: DocumentId, field: Field, shown: boolean, at?: number): Changes {
  const add: Change = (d) => d && setAt(d, ['fields'], fieldsIn(d).toSpliced(at ?? fieldsIn(d).length, 0, field))
  return { ...one(entity, add), ...(shown ? placements(documents, nameOf(entity), field) : {}) }
}

function placements(documents: Documents, entity: string, field: Field): Changes {
  const forms = ofKind(documents, 'form').filter((f) => f.entity === entity)
  const table = fieldTypeOf(field).rows ? undefined : firstTable(documents, entity)
  return Object.fromEntries([
    ...forms.map((form) => [idOf(form), whole<Form>((f) => onForm(f, field.name))] as const),
    ...(table ? [[idOf(table), whole<View>((v) => onTable(v, field.name))] as const] : []),
  ])
}

const whole = <D extends Definition>(become: (document: D) => D): Change => (d) => d && become(d as D)

function firstTable(documents: Documents, entity: string): View | undefined {
  return ofKind(documents, 'view').filter((v) => v.entity === entity && v.type === 'table')
    .sort((a, b) => (a.order ?? 1000) - (b.order ?? 1000) || (a.name < b.name ? -1 : 1))[0]
}

/** At the end of the last section with fields of the first tab. */
export function onForm(form: Form, name: string): Form {
  const sections = form.tabs[0]?.sections ?? []
  const holdsFields = (s: FormSection) => s.items.some((item) => 'field' in item)
  const index = Math.max(sections.findLastIndex(holdsFields), 0)
  const section = sections[index]
  if (!section || mentions(form, name)) return form
  return setAt(form, ['tabs', 0, 'sections', index, 'items'], [...section.items, { field: name }])
}

export function onTable(view: View, name: string): View {
  return view.columns?.some((c) => c.field === name) ? view : { ...view, columns: [...(view.columns ?? []), { field: name }] }
}

const mentions = (form: Form, name: string) =>
  form.tabs.some((t) => t.sections.some((s) => s.items.some((item) => 'field' in item && item.field === name)))

/** Takes a field away, and what shows it. */
export function removeField(documents: Documents, id: DocumentId, path: Path): Changes {
  return { ...one(id, (d) => d && setAt(d, path, undefined)), ...takeOffScreens(documents, id, path) }
}

/** Forms and views show the field no more. */
export function takeOffScreens(documents: Documents, id: DocumentId, path: Path): Changes {
  const name = String(getAt(documents[id], [...path, 'name']))
  return isOwnField(path) ? onScreens(documents, id, (n) => (n === name ? undefined : n)) : {}
}

/** Gives a field another name, and writes it where the field is shown. What else speaks of a published field by the former name still works. */
export function renameField(documents: Documents, id: DocumentId, path: Path, name: string): Changes {
  const old = String(getAt(documents[id], [...path, 'name']))
  return { ...one(id, (d) => d && setAt(d, [...path, 'name'], name)), ...(isOwnField(path) ? onScreens(documents, id, (n) => (n === old ? name : n)) : {}) }
}

/** A copy behind the original, under a free name. */
export function duplicateField(documents: Documents, id: DocumentId, path: Path): Changes {
  const { uid: _, ...field } = getAt(documents[id], path) as Field
  const list = path.slice(0, -1)
  const siblings = getAt(documents[id], list) as Field[]
  const copy = { ...field, name: freeName(field.name, siblings.map((f) => f.name)), label: { en: `${field.label.en} (copy)`, zh: `${field.label.zh}（副本）` } }
  return one(id, (d) => d && setAt(d, list, siblings.toSpliced(Number(path.at(-1)) + 1, 0, copy)))
}

/** Names that an administrator adds begin with x_. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const base = wanted.startsWith('x_') ? wanted : `x_${wanted}`
  if (!taken.includes(base)) return base
  for (let n = 2; ; n += 1) if (!taken.includes(`${base}${n}`)) return `${base}${n}`
}

/** A technical name out of an English label: Delivery note → x_deliveryNote. */
export function suggestedName(label: string, taken: readonly string[]): string {
  const words = label.replace(/[^A-Za-z0-9]+/g, ' ').trim().split(' ').filter(Boolean)
  const camel = words.map((w, i) => (i === 0 ? w.toLowerCase() : w[0]!.toUpperCase() + w.slice(1).toLowerCase())).join('').replace(/^\d+/, '')
  return freeName(camel.slice(0, 50) || 'field', taken)
}

/** The same field in another state of the document, found by identity on every level. */
export function counterpart(other: Definition | undefined, document: Definition, path: Path): Field | undefined {
  let [there, here]: [unknown, unknown] = [other, document]
  for (const key of path) {
    here = getAt(here, [key])
    there = typeof key === 'number' ? (there as Field[] | undefined)?.find?.((f) => uidOf(f) === uidOf(here as Field)) : getAt(there, [key])
  }
  return there as Field | undefined
}

const fieldsIn = (d: Definition): Field[] => (d as Entity).fields
const nameOf = (id: DocumentId) => partsOf(id).key
const isOwnField = (path: Path) => path.length === 2 && path[0] === 'fields'

function onScreens(documents: Documents, id: DocumentId, rename: Renaming): Changes {
  const screens = [...ofKind(documents, 'form'), ...ofKind(documents, 'view')].filter((d) => d.entity === nameOf(id))
  return Object.fromEntries(screens.map((d): [DocumentId, Change] => [idOf(d), (x) => x && renamedIn(x, rename)]))
}

const one = (id: DocumentId, become: Change): Changes => ({ [id]: become })
