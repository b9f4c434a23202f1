/** Hostile files and mappings: every cell is taken or refused with its reason, every fault of a mapping is told at once, nothing is half done. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fieldTypes, type FieldTypeName } from '../../schemas/field-types'
import type { FieldExamples, FieldType } from '../../schemas/field-types/field-type'
import type { Definition, Field } from '../../schemas/generated/types'
import { ConfigError } from '../../server/config'
import { readMapping } from '../../server/imports/mapping'
import { runImport } from '../../server/imports/run-import'
import { startTestHost, type TestHost } from '../support/host'

const label = { en: 'Label', zh: '标签' }
const examplesOf = (type: string) => jest.requireActual<{ examples: FieldExamples[] }>(`../../schemas/field-types/${type}/examples.ts`).examples[0]!
const takesText = (Object.entries(fieldTypes) as [FieldTypeName, FieldType][]).filter(([, type]) => !type.computed && !type.rows && !type.files).map(([name]) => name)
const entities = takesText.map((type): Definition => ({ kind: 'entity', name: `t${type}`, label, titleField: 'title', ownership: 'none', fields: [{ name: 'title', type: 'text', label, required: true, maxLength: 20 }, { name: 'value', type, label, ...examplesOf(type).field } as Field] }))
const places: Definition = { kind: 'dictionary', name: 'places', label, items: [{ value: 'zj', label }, { value: 'hz', label }] }

const cells = [
  '1e400', '-1e400', '9007199254740993', '9'.repeat(400), '-0', '99999999999999.99', '1.0000000000000000000000001', 'NaN', 'Infinity', '0x1F', '２０２６', 'a\u0000b', '\u0007', '\u202eabc', '\ufdd0\ufdd1', '2026-02-30', '0000-00-00', '+275760-09-13', '2026-01-01; drop table',
  '__proto__', 'constructor', 'toString', '{"$ne": null}', "'; DROP TABLE user; --", '{{constructor}}', '<script>alert(1)</script>', 'javascript:alert(1)', '=cmd|\' /C calc\'!A0', '@SUM(1)', '../../../etc/passwd', '[]', '[[[[', 'x'.repeat(300_000), `${' '.repeat(100_000)}x`, '1h '.repeat(30_000), '<b>'.repeat(30_000), 'a,b;c|d', '，、；', '"', '\n\n',
]

let host: TestHost, folder: string
beforeAll(async () => { host = await startTestHost({ documents: [places, ...entities] }) })
afterAll(() => host?.close())
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'hostile-import-')) })
afterEach(() => rmSync(folder, { recursive: true }))

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const run = () => runImport({ services: host.services, holder: host.holder, folder, mapping: readMapping(folder), reports: join(folder, 'reports') })
const mapping = (of: unknown) => writeFileSync(join(folder, 'import.json'), typeof of === 'string' ? of : JSON.stringify(of))
const step = { id: 'all', file: 'all.csv', entity: 'ttext', match: ['title'], fields: { title: { column: 'title' }, value: { column: 'value' } } }
const records = async (entity: string) => (await host.stage.engine.list(entity, { limit: 500 })).items

test.each(takesText)('cells for %s', async (type) => {
  mapping({ name: 'hostile', steps: [{ ...step, entity: `t${type}` }] })
  writeFileSync(join(folder, 'all.csv'), ['title,value', ...cells.map((cell, i) => `row ${i},${quoted(cell)}`)].join('\n'))
  const { steps: [totals], reasons } = await run()
  expect(totals!.rows).toBe(cells.length)
  expect(totals!.created + totals!.refused).toBe(cells.length)
  expect(await records(`t${type}`)).toHaveLength(totals!.created)
  expect(reasons.reduce((sum, r) => sum + r.rows, 0)).toBeGreaterThanOrEqual(totals!.refused)
  expect(reasons.every((r) => r.column === 'value' && r.message !== '' && r.code !== 'internal')).toBe(true)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  // The same file again finds what it made.
  const { steps: [again] } = await run()
  expect(again).toMatchObject({ created: 0, refused: totals!.refused })
})

const deep = (depth: number): object => (depth === 0 ? { column: 'value' } : { fallback: deep(depth - 1), column: 'value' })
const source = (value: unknown) => ({ name: 'hostile', steps: [{ ...step, fields: { ...step.fields, value } }] })
test.each<[string, unknown, RegExp[]]>([
  ['no JSON', '{"name": ', [/import\.json: .*JSON/]],
  ['of another kind', '[]', [/./]],
  ['a file elsewhere', { name: 'x', steps: [{ ...step, file: '../../etc/passwd' }] }, [/\/steps\/0\/file/]],
  ['several faults of its shape', { name: '', steps: [{ ...step, mode: 'delete', match: [], colour: 'red' }] }, [/\/name/, /\/mode/, /\/match/, /\/colour/]],
  ['a step of JavaScript', '{"name": "x", "steps": [{"id": "a", "file": "all.csv", "entity": "__proto__", "match": ["title"], "fields": {"title": {"column": "title"}}}]}', [/\/entity/]],
  ['fields of JavaScript', '{"name": "x", "steps": [{"id": "a", "file": "all.csv", "entity": "ttext", "match": ["title"], "fields": {"title": {"column": "title"}, "__proto__": {"column": "value"}, "constructor": {"column": "value"}}}]}', [/\/__proto__/, /\/constructor/]],
  ['nothing to take from, and no such day', source({ date: 'YYYY-YYYY' }), [/\/value/, /\/value\/date/]],
  ['two sources and an unknown lookup', source({ column: 'value', constant: 1, lookup: { entity: 'nowhere', by: 'x' } }), [/\/value/, /\/lookup\/entity/]],
  ['a column that is not there', source({ template: '{nowhere} {title}' }), [/nowhere/]],
  ['an expression in a template', source({ template: '{constructor} {__proto__}' }), [/constructor/, /__proto__/]],
  ['a very deep fallback', source(deep(2000)), [/import\.json: .*100/]],
])('a mapping with %s', async (_, document, faults) => {
  mapping(document)
  writeFileSync(join(folder, 'all.csv'), 'title,value\nnever,1\n')
  const error = await Promise.resolve().then(run).then(() => undefined, (e: unknown) => e)
  expect(error).toBeInstanceOf(ConfigError)
  for (const fault of faults) expect((error as Error).message).toMatch(fault)
  expect((await records('ttext')).some((r) => r.title === 'never')).toBe(false)
})

test.each([
  ['one that never ends', `title,value\n"${'x'.repeat(2_000_000)}`], ['uneven rows', 'title,value\na\nb,c,d\n'], ['bytes that are no text', Buffer.from([0x74, 0x69, 0x74, 0x6c, 0x65, 0x2c, 0x76, 0x61, 0x6c, 0x75, 0x65, 0x0a, 0xff, 0xfe, 0x00, 0x2c, 0x62, 0x0a])],
  ['nothing', ''], ['one column many times', `${'title,'.repeat(5000)}value\n`], ['a row of many columns', `title,value\n${'x,'.repeat(50_000)}\n`],
])('a file with %s', async (_, text) => {
  mapping({ name: 'hostile', steps: [step] })
  writeFileSync(join(folder, 'all.csv'), text)
  const before = (await records('ttext')).length
  const result = await run().catch((e: unknown) => e)
  if (result instanceof Error) { expect(result).toBeInstanceOf(ConfigError); expect(result.message).not.toBe(''); return }
  const [{ rows, created, refused, unchanged } = {} as never] = (result as Awaited<ReturnType<typeof run>>).steps
  expect(created + refused + unchanged).toBe(rows)
  expect((await records('ttext')).length).toBe(before + created)
})
