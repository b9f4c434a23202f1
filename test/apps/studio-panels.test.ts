import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Control } from '../../studio/panels/control'
import { controlOfDefinition, membersOf, schemas } from '../../studio/panels/generate'
import { hasChoiceText, hasMemberText } from '../../studio/i18n/words'

const folder = (path: string) => join(__dirname, '../../schemas', path)
const types = (path: string) => readdirSync(folder(path), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name)
const ownMembers = (path: string) => Object.keys((JSON.parse(readFileSync(folder(`${path}/schema.json`), 'utf8')) as { properties: object }).properties)
const definitionName = (type: string, suffix: string) => type[0]!.toUpperCase() + type.slice(1) + suffix

describe.each(types('field-types'))('field type %s', (type) => {
  const names = membersOf(definitionName(type, 'Field')).map((m) => m.name)
  test('the panel offers every member of its schema.json and of every field', () => {
    expect(names).toEqual(expect.arrayContaining([...ownMembers(`field-types/${type}`), 'name', 'label', 'help', 'required', 'requiredWhen', 'readOnly', 'readOnlyWhen', 'visibleWhen', 'hidden', 'default', 'defaultExpr', 'searchable']))
  })
})

test.each(types('node-types'))('node type %s: the panel offers every member', (type) => {
  expect(membersOf(definitionName(type, 'Node')).map((m) => m.name)).toEqual(expect.arrayContaining(['id', 'label', ...ownMembers(`node-types/${type}`)]))
})

/** Every control below a definition, each definition once. */
function* controlsBelow(control: Control): Generator<Control> {
  yield control
  if (control.kind === 'group') for (const m of control.members) yield* controlsBelow(m.control)
  if (control.kind === 'variants') for (const v of control.variants) yield* controlsBelow(v.control)
  if (control.kind === 'list') yield* controlsBelow(control.item)
  if (control.kind === 'map') yield* controlsBelow(control.value)
}
const all = Object.keys(schemas).flatMap((name) => [...controlsBelow(controlOfDefinition(name))])
const lastOf = (place: string) => place.split('.').at(-1)!

test('every member has a name in both languages', () => {
  const members = all.flatMap((c) => (c.kind === 'group' ? c.members.filter((m) => m.control.kind !== 'fixed').map((m) => m.name) : []))
  expect([...new Set(members)].filter((m) => !hasMemberText(m))).toEqual([])
})

test('every choice and every variant has a name in both languages', () => {
  const choices = all.flatMap((c) => (c.kind === 'choice' || c.kind === 'choices' ? c.values.map((v) => [lastOf(c.place), v] as const) : []))
  const variants = all.flatMap((c) => (c.kind === 'variants' ? c.variants.map((v) => [lastOf(c.place), v.name] as const) : []))
  expect([...choices, ...variants].filter(([member, value]) => !hasChoiceText(member, value))).toEqual([])
})

test('no member is left to plain JSON but those that may hold anything', () => {
  expect([...new Set(all.filter((c) => c.kind === 'any').map((c) => lastOf(c.place)))].sort()).toEqual(['default', 'value'])
})
