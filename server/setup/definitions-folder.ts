/** Definition files in a folder, as metadata.md lays them out. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../../schemas/errors'
import type { Definition } from '../../schemas/generated/types'
import { ConfigError } from '../config'
import { deepest, depthOf } from '../json-depth'

type Place<D> = (definition: D) => string
/** Where a document of each kind lies. */
const places: { [K in Definition['kind']]: Place<Extract<Definition, { kind: K }>> } = {
  template: () => 'template.json',
  entity: ({ name }) => `entities/${name}.json`,
  form: ({ entity, name }) => `entities/${entity}/forms/${name}.json`,
  view: ({ entity, name }) => `entities/${entity}/views/${name}.json`,
  action: ({ entity, name }) => `entities/${entity}/actions/${name}.json`,
  pipeline: ({ name }) => `pipelines/${name}.json`,
  flow: ({ name }) => `flows/${name}.json`,
  role: ({ name }) => `roles/${name}.json`,
  sharing: ({ name }) => `sharing/${name}.json`,
  ruleTable: ({ name }) => `rule-tables/${name}.json`,
  dictionary: ({ name }) => `dictionaries/${name}.json`,
  calendar: ({ name }) => `calendars/${name}.json`,
}
const folders = ['dictionaries', 'calendars', 'entities', 'pipelines', 'flows', 'roles', 'rule-tables', 'sharing']

/** Path of a document's file inside the folder. */
export const fileOf = (definition: Definition): string => (places[definition.kind] as Place<Definition>)(definition)

/** Every document below the folder; a part may be missing. Fails with the file's name when one is not JSON. */
export function readDefinitions(folder: string): Definition[] {
  return definitionFiles(folder).map(({ definition }) => definition)
}

/** The same with the path of each file inside the folder. */
export function definitionFiles(folder: string): { file: string; definition: Definition }[] {
  const files = ['template.json', ...folders.flatMap((name) => jsonFiles(folder, name))].filter((file) => existsSync(join(folder, file)))
  return files.map((file) => ({ file, definition: readJson<Definition>(join(folder, file)) }))
}

export function writeDefinitions(folder: string, definitions: Definition[]): void {
  for (const definition of definitions) {
    const file = join(folder, fileOf(definition))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify(definition, null, 2)}\n`)
  }
}

/** Fails with the name of the file when it is no JSON, or nests too deeply. */
export function readJson<T>(file: string): T {
  const bytes = readFileSync(file)
  if (depthOf(bytes) > deepest) throw new ConfigError(`${file}: ${messageOf('tooDeep', { label: 'JSON', limit: deepest }, 'en')}`)
  try {
    return JSON.parse(bytes.toString()) as T
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

function jsonFiles(folder: string, part: string): string[] {
  if (!existsSync(join(folder, part))) return []
  return readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.json')).sort().map((f) => join(part, f))
}
