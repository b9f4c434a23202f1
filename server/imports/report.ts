/** What an import could not take: every problem as a line of a CSV file, and their number by reason for the console. */
import { once } from 'node:events'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { messageOf } from '../../schemas/errors'
import type { Refusal } from './import-row'

/** Problems of the same kind in the same column of a file. */
export interface Reason {
  file: string
  column: string
  code: string
  /** The first of the messages, in English. */
  message: string
  /** How many rows. */
  rows: number
  /** Whether there are other messages than the first. */
  various: boolean
}

const heads = ['file', 'line', 'column', 'value', 'code', 'reason', 'reason (zh)']

export class Report {
  private readonly grouped = new Map<string, Reason>()
  private constructor(readonly file: string, private readonly stream: WriteStream) {}

  /** Begins the report in a new file; its folder is made when missing. */
  static async open(file: string): Promise<Report> {
    mkdirSync(dirname(file), { recursive: true })
    const stream = createWriteStream(file, { flags: 'wx' })
    await once(stream, 'open')
    // The mark tells spreadsheets that it is UTF-8.
    stream.write(`\ufeff${csvLine(heads)}`)
    return new Report(file, stream)
  }

  /** Adds all problems of one row. */
  add(file: string, line: number, refusals: Refusal[]): void {
    for (const refusal of refusals) {
      const { column, value, code, params = {} } = refusal
      const message = messageOf(code, params, 'en')
      this.stream.write(csvLine([file, String(line), column, value, code, message, messageOf(code, params, 'zh')]))
      this.group(file, column, code, message)
    }
  }

  private group(file: string, column: string, code: string, message: string) {
    const key = JSON.stringify([file, column, code])
    const reason = this.grouped.get(key) ?? { file, column, code, message, rows: 0, various: false }
    reason.rows++
    reason.various ||= reason.message !== message
    this.grouped.set(key, reason)
  }

  /** The most frequent first. */
  get reasons(): Reason[] {
    return [...this.grouped.values()].sort((a, b) => b.rows - a.rows)
  }

  /** Resolves when everything is in the file. */
  async close(): Promise<void> {
    this.stream.end()
    await once(this.stream, 'close')
  }
}

const csvLine = (cells: string[]) => `${cells.map(csvCell).join(',')}\r\n`

/** Quoted where needed. What a spreadsheet would run as a formula is marked as text. */
function csvCell(cell: string): string {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
