/**
 * The description of the API is true: references resolve, parameters are declared, every described path answers, and records look as
 * described. No OpenAPI validator is among the dependencies; what is checked here is said in each test.
 */
import type { JsonSchema } from '../../schemas/field-types/field-type'
import { shapeProblems } from '../../schemas/validate'
import type { Client } from '../support/client'
import { startTestHost, type TestHost } from '../support/host'
import { hireStaff, plannedContract, type Sales } from '../support/sales'

interface Operation { summary: string; parameters: { name: string; in: string; required?: boolean; schema: object }[]; requestBody?: { content: Record<string, { schema: JsonSchema }> }; responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }> }
interface Api { openapi: string; info: { title: string; version: string }; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, JsonSchema> } }

let host: TestHost
let sales: Sales
let api: Api
beforeAll(async () => {
  host = await startTestHost()
  sales = await hireStaff(host)
  api = await sales.as.finance.must(sales.as.finance.get<Api>('/openapi.json'))
})
afterAll(() => host?.close())

const operations = () => Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))
const schemaOf = (schema: JsonSchema): JsonSchema => (typeof schema.$ref === 'string' ? api.components.schemas[schema.$ref.split('/').at(-1)!]! : schema)

test('it is OpenAPI 3.1 and says which release it describes', () => {
  expect(api).toMatchObject({ openapi: '3.1.0', info: { title: 'Formwright', version: 'release 1' } })
})

test('every reference leads somewhere', () => {
  const references: string[] = []
  JSON.stringify(api, (key, value: unknown) => { if (key === '$ref') references.push(value as string); return value })
  expect(references.length).toBeGreaterThan(50)
  for (const reference of new Set(references)) {
    const found = reference.slice(2).split('/').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], api)
    expect({ reference, found: typeof found }).toEqual({ reference, found: 'object' })
  }
})

test('every operation is whole: parameters of its path, a body where one is sent, answers for good and bad', () => {
  for (const { path, method, operation } of operations()) {
    const declared = operation.parameters.filter((p) => p.in === 'path')
    expect({ path, declared: declared.map((p) => p.name) }).toEqual({ path, declared: [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]) })
    expect(declared.every((p) => p.required)).toBe(true)
    expect(operation.parameters.every((p) => ['path', 'query', 'header'].includes(p.in) && typeof p.schema === 'object')).toBe(true)
    expect(new Set(operation.parameters.map((p) => `${p.in} ${p.name}`)).size).toBe(operation.parameters.length)
    expect(operation.summary).toMatch(/\w/)
    expect(Object.keys(operation.responses)).toEqual([expect.stringMatching(/^20[014]$/), 'default'])
    for (const response of Object.values(operation.responses)) expect(response.description).toMatch(/\w/)
    expect(operation.responses.default!.content).toHaveProperty(['application/problem+json'])
    if (method === 'get') expect(operation.requestBody).toBeUndefined()
  }
})

test('every schema can be used', () => {
  for (const [name, schema] of Object.entries(api.components.schemas)) {
    if (JSON.stringify(schema).includes('$ref')) continue
    expect({ name, problems: Array.isArray(shapeProblems(schema, {})) }).toEqual({ name, problems: true })
  }
})

test('every described path is there', async () => {
  const { plans, contract } = await plannedContract(sales)
  const [instance] = (await sales.as.rep.must(sales.as.rep.get<{ items: { id: string }[] }>(`/records/contract/${contract}/flow-instances`))).items
  // Finance reads all records; the studio's paths are the administrator's, and the owner says who shares a record.
  const asker: [RegExp, Client][] = [[/^\/(template|definitions|releases|data-changes|trash|bundles|outbox|flow-instances\/stuck)/, sales.as.admin], [/\/shares$/, sales.as.rep]]
  for (const { path } of operations().filter((o) => o.method === 'get')) {
    const filled = path.replace('/records/contract/{id}', `/records/contract/${contract}`).replace('/records/receivablePlan/{id}', `/records/receivablePlan/${plans[0]!.id}`).replace('/flow-instances/{id}', `/flow-instances/${instance!.id}`).replace('{kind}/{key}', 'entity/contract')
    if (filled.includes('{')) continue
    const { status } = await (asker.find(([paths]) => paths.test(path))?.[1] ?? sales.as.finance).get(filled)
    expect({ path, status }).toEqual({ path, status: 200 })
  }
})

test('records look as described, and what is described can be sent', async () => {
  await plannedContract(sales)
  for (const entity of ['customer', 'project', 'quote', 'contract', 'receivablePlan', 'receipt', 'product', 'user', 'department']) {
    const output = schemaOf(api.paths[`/records/${entity}/{id}`]!.get!.responses['200']!.content!['application/json']!.schema)
    const { items } = await sales.as.finance.list(entity, { limit: '5' })
    for (const { id } of items) {
      const record = await sales.as.finance.read(entity, id!)
      expect({ entity, problems: shapeProblems(output, record) }).toEqual({ entity, problems: [] })
      expect(Object.keys(record).filter((name) => !(name in (output.properties as object)))).toEqual([])
      const input = schemaOf(api.paths[`/records/${entity}`]!.post!.requestBody!.content['application/json']!.schema)
      const sendable = Object.fromEntries(Object.entries(record).filter(([name]) => name in (input.properties as object)))
      expect({ entity, problems: shapeProblems(input, sendable) }).toEqual({ entity, problems: [] })
    }
  }
})

test('everybody is told of what they may see only', async () => {
  const seen = await sales.as.rep.must(sales.as.rep.get<Api>('/openapi.json'))
  expect(Object.keys(seen.components.schemas.product!.properties as object)).not.toContain('floorPrice')
  expect(Object.keys(api.components.schemas.product!.properties as object)).toContain('floorPrice')
  const admin = await sales.as.admin.must(sales.as.admin.get<Api>('/openapi.json'))
  expect(Object.keys(admin.paths).filter((p) => p.startsWith('/records/')).every((p) => /^\/records\/(user|department|group)/.test(p))).toBe(true)
})
