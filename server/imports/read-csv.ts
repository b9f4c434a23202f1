/** CSV as a stream of rows that know the line they begin on. UTF-8 with or without a byte order mark, any line ends. */
import { createReadStream } from 'node:fs'
import { parse, type Info, type Parser } from 'csv-parse'
import type { Label } from '../../schemas/generated/types'
import type { Problem } from '../../schemas/errors'

/** Trimmed cells by the name of their column. */
export type Cells = ReadonlyMap<string, string>

export interface Row {
  /** Where it begins; the header is on line 1 as a rule. */
  line: number
  cells: Cells
  /** Why it cannot be read at all. */
  problem?: Problem
}

interface Parsed { record: string[]; info: Info }
/** A quotation mark that is opened and never closed; the parser finds it at the end of the file. */
interface Open { emptyLines: number }

const rowLabel: Label = { en: 'The row', zh: '该行' }
const openLabel: Label = { en: 'The row (its quotation mark is never closed, nothing after it was read)', zh: '该行（引号未闭合，其后内容均未读取）' }

/** Names of the columns; none when the file is empty. */
export async function readHeader(file: string): Promise<string[]> {
  const records: Parsed[] = await open(file, () => undefined, 1).toArray()
  return named(records[0]?.record ?? [])
}

/** Every row with anything in it. A row with more or fewer cells than the header comes with a problem. */
export async function* readRows(file: string): AsyncGenerator<Row> {
  let header: string[] | undefined
  let unclosed: Open | undefined
  const lines = new LineCounter()
  const parser = open(file, (found) => { unclosed = found })
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    const line = lines.next(info.empty_lines, record)
    if (!header) header = named(record)
    else if (record.some((cell) => cell.trim() !== '')) yield rowOf(header, record, line)
  }
  if (unclosed) yield { line: lines.next(unclosed.emptyLines, []), cells: new Map(), problem: { path: '', code: 'badFormat', params: { label: openLabel } } }
}

/** Counts lines by what was read: the parser's own count is off after a line break of two characters inside a cell. */
class LineCounter {
  private last = 0
  private empty = 0

  /** The line a record begins on, given how many empty lines there were before it in the whole file. */
  next(emptyLines: number, record: string[]): number {
    const first = this.last + 1 + emptyLines - this.empty
    this.empty = emptyLines
    this.last = first + record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0)
    return first
  }
}

function open(file: string, onUnclosed: (found: Open) => void, to?: number): Parser {
  const input = createReadStream(file)
  const parser = parse({
    bom: true, info: true, to, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, skip_records_with_error: true,
    on_skip: (error) => { if (error) onUnclosed({ emptyLines: (error as unknown as Info).empty_lines }); return undefined },
  })
  input.once('error', (error) => parser.destroy(error))
  return input.pipe(parser)
}

const named = (record: string[]) => record.map((name) => name.trim())

function rowOf(header: string[], record: string[], line: number): Row {
  const cells = new Map(header.map((name, i) => [name, record[i]?.trim() ?? '']))
  if (record.length === header.length) return { line, cells }
  const code = record.length < header.length ? 'tooFew' : 'tooMany'
  return { line, cells, problem: { path: '', code, params: { label: rowLabel, limit: header.length } } }
}
