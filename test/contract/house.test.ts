/** The house as architecture.md draws it: which way imports point, what no code may name, what every folder of a registry holds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fieldTypes } from '../../schemas/field-types'
import { nodeTypes } from '../../schemas/node-types'
import { importsOf, literals, resolved, root, sources, type Source } from '../support/sources'

const rooms = ['schemas', 'runtime/engine', 'runtime/app', 'server', 'studio', 'seed', 'test'] as const
type Room = (typeof rooms)[number]
const roomOf = (path: string): Room | undefined => rooms.find((room) => path.startsWith(`${room}/`))

const mayImport: Record<Exclude<Room, 'test'>, Room[]> = {
  schemas: ['schemas'],
  'runtime/engine': ['runtime/engine', 'schemas'],
  'runtime/app': ['runtime/app', 'runtime/engine', 'schemas'],
  studio: ['studio', 'runtime/app', 'runtime/engine', 'schemas'],
  server: ['server', 'runtime/engine', 'schemas'],
  // The demonstration company acts on the use-cases; it is handed to the server by main.ts.
  seed: ['seed', 'server', 'runtime/engine', 'schemas'],
}
const compositionRoot = 'server/main.ts'

const files = Object.keys(mayImport).flatMap((room) => sources(room))
const generic = files.filter((f) => !f.path.startsWith('seed/') && !f.path.startsWith('schemas/system/'))
const at = ({ path }: Source, line: number, text: string) => `${path}:${line} ${text}`

test('the sources are found', () => {
  for (const room of Object.keys(mayImport)) expect(files.filter((f) => roomOf(f.path) === room).length).toBeGreaterThan(0)
})

describe('imports', () => {
  const relative = files.flatMap((file) => importsOf(file).filter((i) => i.startsWith('.')).map((specifier) => ({ file, specifier, target: resolved(file, specifier) })))
  const packages = files.flatMap((file) => importsOf(file).filter((i) => !i.startsWith('.')).map((name) => ({ file, name })))
  const naming = (pattern: RegExp, allowed: (path: string) => boolean) => packages.filter(({ file, name }) => pattern.test(name) && !allowed(file.path)).map(({ file, name }) => `${file.path} imports ${name}`)

  test('lead to files that are there', () => {
    expect(relative.length).toBeGreaterThan(100)
    expect(relative.filter((i) => i.target === undefined).map((i) => `${i.file.path} imports ${i.specifier}`)).toEqual([])
  })

  test('point one way', () => {
    const wrong = relative.filter(({ file, target }) => {
      const room = target === undefined ? undefined : roomOf(target)
      return room !== undefined && file.path !== compositionRoot && !mayImport[roomOf(file.path) as keyof typeof mayImport].includes(room)
    })
    expect(wrong.map((i) => `${i.file.path} imports ${i.target}`)).toEqual([])
  })

  test('name a database in its adapter only', () => {
    expect(naming(/^(better-sqlite3|libsql|mongoose|mongodb)(\/|$)/, (path) => path.startsWith('server/stores/'))).toEqual([])
  })

  test('need no screen and no machine in the language and the engine', () => {
    const tool = (path: string) => path === 'schemas/generate.ts'
    expect(naming(/^(node:|react|antd|@ant-design|express|fs$|path$|process$)/, (path) => tool(path) || !/^(schemas|runtime\/engine)\//.test(path))).toEqual([])
  })

  test('bring nothing of Node into the apps', () => {
    expect(naming(/^node:/, (path) => !/^(runtime\/app|studio)\//.test(path))).toEqual([])
  })
})

test('only main.ts reads the environment', () => {
  expect(files.filter((f) => f.path !== compositionRoot && f.path !== 'schemas/generate.ts' && /\bprocess\.env\b/.test(f.text)).map((f) => f.path)).toEqual([])
})

describe('no special entities', () => {
  const names = readdirSync(join(root, 'seed/entities')).filter((f) => f.endsWith('.json')).map((f) => (JSON.parse(readFileSync(join(root, 'seed/entities', f), 'utf8')) as { name: string }).name)

  test('the template is found', () => expect(names).toContain('contract'))

  test('generic code names no entity of the template', () => {
    expect(generic.flatMap((file) => literals(file).filter((l) => names.includes(l.text)).map((l) => at(file, l.line, `'${l.text}'`)))).toEqual([])
  })
})

describe('registries, not branches', () => {
  /** Names of field types that mean nothing else; `text`, `date`, `boolean` … are kinds of storage, of expressions and of JSON as well. */
  const unmistakable = ['autoNumber', 'duration', 'formula', 'geo', 'longText', 'money', 'multiEnum', 'multiReference', 'percent', 'rating', 'rollup']
  const types = Object.keys(fieldTypes)
  const home = (path: string) => /^schemas\/field-types\/(\w+)\//.exec(path)?.[1]
  const outside = generic.filter((f) => !f.path.startsWith('runtime/app/field-views/') && f.path !== 'schemas/field-types/index.ts' && !f.path.endsWith('/examples.ts'))

  test('the names are those of field types', () => expect(types).toEqual(expect.arrayContaining(unmistakable)))

  test('a field type is named in its folder and its view only', () => {
    const named = outside.flatMap((file) => literals(file).filter((l) => unmistakable.includes(l.text) && home(file.path) !== l.text).map((l) => at(file, l.line, `'${l.text}'`)))
    expect(named).toEqual([])
  })

  /** Comparisons of a member `type` with one of the names. */
  const branches = (within: Source[], on: string[]) => within.flatMap((file) => literals(file).filter((l) => l.comparedWith === 'type' && on.includes(l.text)).map((l) => at(file, l.line, `type === '${l.text}'`)))

  test('nothing branches on the type of a field', () => {
    const alsoInJsonSchema = ['boolean', 'integer']
    expect(branches(outside.filter((f) => home(f.path) === undefined), types.filter((t) => !alsoInJsonSchema.includes(t)))).toEqual([])
  })

  test('nothing branches on the type of a node', () => {
    const alsoAnEvent = 'start'
    const drawn = /^studio\/designers\/flow\/node-(views|shapes)\//
    expect(branches(generic.filter((f) => !f.path.startsWith('schemas/node-types/') && !drawn.test(f.path)), Object.keys(nodeTypes).filter((t) => t !== alsoAnEvent))).toEqual([])
  })
})

describe.each([['field-types', Object.keys(fieldTypes)], ['node-types', Object.keys(nodeTypes)]])('%s', (registry, names) => {
  const folders = readdirSync(join(root, 'schemas', registry), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name).sort()

  test('every folder is in the registry', () => expect(folders).toEqual([...names].sort()))

  test.each(folders)('%s is whole', (name) => {
    const missing = ['schema.json', `${name}.ts`, 'examples.ts'].filter((file) => !existsSync(join(root, 'schemas', registry, name, file)))
    expect(missing).toEqual([])
  })
})

test('every field type has a view', () => {
  expect(Object.keys(fieldTypes).filter((name) => !existsSync(join(root, 'runtime/app/field-views', `${name}.tsx`)))).toEqual([])
})
