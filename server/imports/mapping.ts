/** Mapping documents: read, checked for their shape, and found for a folder of CSV files. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf, type Problem } from '../../schemas/errors'
import type { JsonSchema } from '../../schemas/field-types/field-type'
import { shapeProblems } from '../../schemas/validate'
import { ConfigError } from '../config'
import { readJson } from '../setup/definitions-folder'
import schema from './mapping.schema.json'
import type { Fields, Lookup, Mapping, Source, Step } from './mapping-types'

export const mappingFile = 'import.json'

/** What stands in the way before the first row is read, one line for each fault. Nothing has been written. */
export class ImportError extends ConfigError {
  constructor(readonly faults: string[]) {
    super(faults.join('\n'))
    this.name = 'ImportError'
  }
}

/** A mapping and the folder its definitions are named from. */
export interface FoundMapping { mapping: Mapping; home: string }

/** The mapping in a folder. Fails with every fault of its shape. */
export function readMapping(home: string): FoundMapping {
  const file = join(home, mappingFile)
  const mapping = readJson<Mapping>(file)
  const faults = shapeProblems(schema as JsonSchema, mapping).map((p) => faultLine(file, p))
  if (faults.length > 0) throw new ImportError(faults)
  return { mapping, home }
}

export const faultLine = (where: string, { path, code, params }: Problem) => `${where}${path && ` ${path}`}: ${messageOf(code, params ?? {}, 'en')}`

/** The mapping for a folder of CSV files: its own, else that of the sample all of whose files are in it. */
export function findMapping(folder: string, samples: string): FoundMapping {
  if (existsSync(join(folder, mappingFile))) return readMapping(folder)
  const known = readdirSync(samples).map((name) => join(samples, name)).filter((home) => existsSync(join(home, mappingFile))).map(readMapping)
  const missing = known.map(({ mapping }) => filesOf(mapping).filter((file) => !existsSync(join(folder, file))))
  const found = known[missing.findIndex((files) => files.length === 0)]
  if (found) return found
  throw new ImportError([`${folder}: there is no ${mappingFile}, and the files of no sample.`, ...known.map(({ mapping }, i) => `  ${mapping.name}: ${missing[i]!.join(', ')} missing`)])
}

export const filesOf = ({ steps }: Mapping) => [...new Set(steps.map((s) => s.file))]

/** A source and those it falls back on. */
export const chain = (source: Source): Source[] => (source.fallback ? [source, ...chain(source.fallback)] : [source])

const sourcesIn = (fields: Fields | undefined) => Object.values(fields ?? {}).flatMap(chain)

/** Everything a step takes values from. */
export const sourcesOf = ({ fields, stage }: Step): Source[] => [...sourcesIn(fields), ...(stage ? chain(stage.to) : []), ...sourcesIn(stage?.fields)]

export const lookupsOf = (step: Step): Lookup[] => sourcesOf(step).map((s) => s.lookup).filter((l) => l !== undefined)

/** Names in the braces of a template. */
export const placeholders = (template: string) => [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!)

/** Every column of the file that a step reads. */
export function columnsOf(step: Step): string[] {
  const named = sourcesOf(step).flatMap((s) => [...(s.column === undefined ? [] : [s.column]), ...placeholders(s.template ?? '')])
  return [...new Set([...named, ...(step.distinct ?? []), ...(step.skipWhenEmpty === undefined ? [] : [step.skipWhenEmpty])])]
}
