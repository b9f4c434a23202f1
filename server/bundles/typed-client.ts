/** TypeScript for those who write against the API: a type for every published entity, and a client that knows them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { entityOfFields, inputSchema, outputSchema, type Catalog, type CompiledEntity, type CompiledField } from '../../runtime/engine'
import type { JsonSchema } from '../../schemas/field-types/field-type'
import type { Action } from '../../schemas/generated/types'

/** `root`: the project's folder. */
export async function typedClient(catalog: Catalog, release: number, root: string): Promise<string> {
  const entities = [...catalog.entities.values()]
  const schema = { title: 'Schemas', type: 'object', additionalProperties: false, definitions: Object.assign({}, ...entities.map((e) => schemasOf(e, actionsOf(catalog, e)))) as object }
  const { compile } = await import('json-schema-to-typescript')
  const types = await compile(listed(schema) as never, 'Schemas', { bannerComment: '', format: false, ignoreMinAndMaxItems: true })
  const banner = `/** Types of release ${release}, with a client. Written by \`formwright types\`; do not edit. */\n`
  const map = ['/** Every entity with what is read of it, what may be written, and its buttons. */', 'export interface Entities {', ...entities.map((e) => entryOf(e, actionsOf(catalog, e))), '}', '']
  return [banner, types, map.join('\n'), 'export type Client = FormwrightClient<Entities>\n', readFileSync(join(root, 'server/bundles/client-base.ts'), 'utf8')].join('\n')
}

const actionsOf = (catalog: Catalog, { name }: CompiledEntity) => catalog.actions.get(name) ?? []
const pascal = (name: string) => name[0]!.toUpperCase() + name.slice(1)
const inputName = (entity: CompiledEntity) => `${pascal(entity.name)}Input`
const actionName = (entity: CompiledEntity, action: Action) => `${pascal(entity.name)}${pascal(action.name)}Input`

function schemasOf(entity: CompiledEntity, actions: Action[]): { [name: string]: JsonSchema } {
  const read = [...entity.fields.values()]
  const written = [...entity.own, entity.fields.get('owner')!].filter((f) => !f.definition.readOnly)
  const input = (action: Action) => entityOfFields(action.name, action.label, action.input ?? []).own
  return {
    [pascal(entity.name)]: { ...described(outputSchema(read), read), required: ['id', 'rev', ...read.map((f) => f.name)], additionalProperties: false, description: entity.definition.label.en },
    [inputName(entity)]: { ...described(inputSchema(written), written), required: written.filter(isDemanded).map((f) => f.name) },
    ...Object.fromEntries(actions.map((a) => [actionName(entity, a), { ...described(inputSchema(input(a)), input(a)), description: a.label.en }])),
  }
}

/** Always to be given: required, with nothing to fill it in. */
const isDemanded = ({ definition: d, computed }: CompiledField) => d.required === true && !computed && d.default === undefined && d.defaultExpr === undefined

function described(schema: JsonSchema, fields: CompiledField[]): JsonSchema {
  const labels = new Map(fields.map((f) => [f.name, [f.definition.label.en, f.definition.help?.en].filter(Boolean).join(': ')]))
  const properties = Object.entries(schema.properties as { [name: string]: JsonSchema })
  return { ...schema, properties: Object.fromEntries(properties.map(([name, p]) => [name, { ...p, ...(labels.has(name) && { description: labels.get(name) }) }])) }
}

/** json-schema-to-typescript writes what hangs on the root. */
const listed = (schema: { definitions: object }) => ({ ...schema, properties: Object.fromEntries(Object.keys(schema.definitions).map((name) => [name, { $ref: `#/definitions/${name}` }])) })

const entryOf = (entity: CompiledEntity, actions: Action[]) =>
  `  ${entity.name}: { record: ${pascal(entity.name)}; input: ${inputName(entity)}; actions: { ${actions.map((a) => `${a.name}: ${actionName(entity, a)}`).join('; ')} } }`
