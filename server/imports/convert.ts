/** From the cells of a row to the wire values of a record, as the mapping says. */
import type { CompiledEntity, CompiledField, WireRecord } from '../../runtime/engine'
import { AppError, invalid, type Problem } from '../../schemas/errors'
import type { Label } from '../../schemas/generated/types'
import { parseDate } from './dates'
import type { Lookups } from './lookups'
import { placeholders } from './mapping'
import type { Fields, Source } from './mapping-types'
import type { Cells } from './read-csv'

/** What a conversion may look at. */
export interface Surroundings {
  cells: Cells
  lookups: Lookups
  /** Label of an entity, for messages. */
  labelOf: (entity: string) => Label
}

/** Values for a record, what could not be converted, and which column each field came from. */
export interface Filled {
  input: WireRecord
  problems: Problem[]
  /** Field → column; empty for values that come from no column. */
  columns: Map<string, string>
}

/** Converts all fields; what fails is left out of the input and named among the problems. */
export function fill(fields: Fields, entity: CompiledEntity, around: Surroundings): Filled {
  const filled: Filled = { input: {}, problems: [], columns: new Map() }
  for (const [name, source] of Object.entries(fields)) {
    const field = entity.fields.get(name)!
    const { value, column, problems } = convert(source, field.definition.label, `/${name}`, around)
    if (problems.length === 0) filled.input[name] = wireForm(value, field)
    filled.problems.push(...problems)
    filled.columns.set(name, column)
  }
  return filled
}

export interface Converted { value: unknown; column: string; problems: Problem[] }

/** The value of a source or of what it falls back on; null when there is none. `label` and `path` say what it is for. */
export function convert(source: Source, label: Label, path: string, around: Surroundings): Converted {
  const used = usedSource(source, around.cells)
  const column = columnOf(used ?? source, around.cells)
  try {
    return { value: used ? valueOf(used, label, path, around) : null, column, problems: [] }
  } catch (error) {
    if (error instanceof AppError) return { value: null, column, problems: error.problems }
    throw error
  }
}

/** The first in the chain of fallbacks that has a value; undefined when none has. */
function usedSource(source: Source, cells: Cells): Source | undefined {
  if (source.constant !== undefined) return source
  const text = textOf(source, cells)
  if (text !== '' && !source.emptyValues?.includes(text)) return source
  return source.fallback && usedSource(source.fallback, cells)
}

function textOf({ column, template = '' }: Source, cells: Cells): string {
  if (column !== undefined) return cells.get(column)!
  if (placeholders(template).some((name) => cells.get(name) === '')) return ''
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => cells.get(name)!)
}

/** The column to blame: of a template the first empty one, if any. */
function columnOf({ column, template = '' }: Source, cells: Cells): string {
  const names = placeholders(template)
  return column ?? names.find((name) => cells.get(name) === '') ?? names[0] ?? ''
}

/** The value of a source that has one. Fails with the problem that is in the way. */
function valueOf(source: Source, label: Label, path: string, around: Surroundings): unknown {
  if (source.constant !== undefined) return source.constant
  const text = textOf(source, around.cells)
  const fail = (code: Problem['code'], params: Problem['params'] = {}) => invalid([{ path, code, params: { label, ...params } }])
  if (text.includes('\ufffd')) throw fail('badText')
  const written = source.slug === undefined ? text : slugOf(text, source.slug)
  const dated = source.date === undefined ? written : parseDate(written, source.date)
  if (dated === undefined) throw fail('badDate')
  const mapped = source.valueMap === undefined ? dated : (Object.hasOwn(source.valueMap, dated) ? source.valueMap[dated] : source.otherwise)
  if (mapped === undefined) throw fail('notAnOption', { value: dated })
  return source.lookup === undefined ? mapped : found(source, String(mapped), around, fail)
}

function found({ lookup }: Source, value: string, { lookups, labelOf }: Surroundings, fail: (code: Problem['code'], params: Problem['params']) => AppError): unknown {
  const record = lookups.find(lookup!, value)
  if (!record) throw fail('noMatch', { value, entity: labelOf(lookup!.entity) })
  return record.value
}

const slugOf = (text: string, separator: string) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(separator)

/** A cell is text; the field's type reads it. */
const wireForm = (value: unknown, { effective, effectiveType }: CompiledField): unknown =>
  (typeof value === 'string' && effectiveType.fromText ? effectiveType.fromText(value, effective) : value)
