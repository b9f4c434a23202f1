/** Definition files in a folder, as metadata.md lays them out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Definition } from '../../schemas/generated/types'

const folders = ['dictionaries', 'entities', 'pipelines', 'flows', 'roles']

/** Every document below the folder. Fails with the file's name when one is not JSON. */
export function readDefinitions(folder: string): Definition[] {
  return [join(folder, 'template.json'), ...folders.map((name) => join(folder, name)).filter((path) => existsSync(path)).flatMap(jsonFiles)].map(readJson<Definition>)
}

export function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

function jsonFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.json')).sort().map((f) => join(folder, f))
}
