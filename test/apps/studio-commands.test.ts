import fc from 'fast-check'
import { change, type Command } from '../../studio/editor/command'
import type { Documents, DocumentId } from '../../studio/editor/documents'
import { begin, redo, run, undo, type History } from '../../studio/editor/history'
import { getAt, pathOf, pointerOf, setAt, type Path } from '../../studio/editor/path'
import type { Definition } from '../../schemas/generated/types'

const ids: DocumentId[] = ['entity/a', 'entity/b', 'form/a']
const document = (name: string) => ({ kind: 'entity', name, label: { en: name, zh: name }, titleField: 'name', fields: [{ name: 'name', type: 'text' }] }) as unknown as Definition
const start: Documents = { 'entity/a': document('a'), 'entity/b': document('b') }

const paths: Path[] = [['label', 'en'], ['label'], ['fields', 0, 'name'], ['fields', 0], ['ownedBy'], ['pipeline', 'stageField']]
const edit = fc.record({ ids: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 }), path: fc.constantFrom(...paths), value: fc.option(fc.string(), { nil: undefined }), typing: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }) })
const steps = fc.array(fc.oneof(
  { weight: 6, arbitrary: edit.map((e) => ({ kind: 'edit' as const, ...e })) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'undo' as const }, { kind: 'redo' as const }) },
  { weight: 1, arbitrary: fc.constantFrom(...ids).map((id) => ({ kind: 'remove' as const, id })) },
), { maxLength: 40 })
type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never

function apply(history: History, step: Step): History {
  if (step.kind === 'undo') return undo(history)
  if (step.kind === 'redo') return redo(history)
  if (step.kind === 'remove') return run(history, change(history.documents, { key: 'do.edit' }, { [step.id]: () => undefined }))
  const changes = Object.fromEntries(step.ids.map((id) => [id, (d: Definition | undefined) => setAt(d ?? document('new'), step.path, step.value)]))
  return run(history, change(history.documents, { key: 'do.edit' }, changes, step.typing))
}
const repeat = (f: (h: History) => History, h: History, more: (h: History) => readonly Command[]): History => (more(h).length === 0 ? h : repeat(f, f(h), more))

test('whatever was done: undoing all leads back to the start, redoing all to the end', () => {
  fc.assert(fc.property(steps, (list) => {
    const end = list.reduce(apply, begin(start))
    const back = repeat(undo, end, (h) => h.done)
    expect(back.documents).toEqual(start)
    const redone = repeat(redo, back, (h) => h.undone)
    expect(redone.documents).toEqual(repeat(redo, end, (h) => h.undone).documents)
  }))
})

test('typing into one place is one step; typing elsewhere or doing something else begins another', () => {
  const typed = (h: History, text: string, typing?: string) =>
    run(h, change(h.documents, { key: 'do.edit' }, { 'entity/a': (d) => setAt(d!, ['label', 'en'], text) }, typing))
  const h = typed(typed(typed(typed(begin(start), 'A', 'one'), 'Ab', 'one'), 'Abc', 'two'), 'x')
  expect(h.done).toHaveLength(3)
  expect(getAt(undo(undo(h)).documents['entity/a'], ['label', 'en'])).toBe('Ab')
  expect(undo(undo(undo(h))).documents).toEqual(start)
})

test('a command that changes nothing leaves no trace', () => {
  const h = begin(start)
  expect(run(h, change(h.documents, { key: 'do.edit' }, { 'entity/a': (d) => d }))).toBe(h)
})

test('paths: pointers round trip; what becomes empty goes, list items stay', () => {
  const path = ['a/b', 3, '~x']
  expect(pathOf(pointerOf(path))).toEqual(path)
  expect(setAt({ a: { b: { c: 1 } }, d: 1 }, ['a', 'b', 'c'], undefined)).toEqual({ d: 1 })
  expect(setAt({ list: [{ a: 1 }, { a: 2 }] }, ['list', 0, 'a'], undefined)).toEqual({ list: [{}, { a: 2 }] })
  expect(setAt({ list: [1, 2, 3] }, ['list', 1], undefined)).toEqual({ list: [1, 3] })
  expect(setAt({}, ['settings', 'withdraw'], 'never')).toEqual({ settings: { withdraw: 'never' } })
})
