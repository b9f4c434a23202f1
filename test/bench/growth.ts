/** `npm run bench -- --growth`: what a request costs among ever more records, as a multiple of what it costs among the fewest. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { newFolder } from './build'
import type { Case } from './cases'
import { Client } from './client'
import { median, oneRound, type Side } from './measure'
import { runOnce, startServer } from './processes'
import { filesIn, type Fixtures } from './servers/files'

/** Contracts, from few to many. */
export const sizes = [10_000, 100_000, 1_000_000]
/** At most so many times the cost among the fewest. */
const bar = 1.5

interface Stage { rows: number; side: Side; fixtures: Fixtures }

/** A folder with a database of that many contracts. */
export async function prepared(folder: string, rows: number): Promise<string> {
  const own = join(folder, String(rows))
  newFolder(own)
  await runOnce('prepare', [own, String(rows)])
  return own
}

export async function started(folder: string, rows: number): Promise<Stage> {
  const server = await startServer('ours', folder)
  const client = new Client(server.url)
  await client.signIn()
  return { rows, side: { server, client }, fixtures: JSON.parse(readFileSync(filesIn(folder).fixtures, 'utf8')) as Fixtures }
}

/** The sizes take turns, so that what disturbs the machine disturbs all. */
export async function growth(items: Case[], stages: Stage[], rounds: number): Promise<string[]> {
  const lines: string[] = []
  for (const item of items) {
    for (const { side, fixtures } of stages) await side.client.drive(item.warmUp, item.calls(fixtures, 0), item.status)
    const cpu = stages.map((): number[] => [])
    for (let round = 1; round <= rounds; round++) for (const [i, { side, fixtures }] of stages.entries()) cpu[i]!.push((await oneRound(item, side, fixtures, round)).cpu)
    for (const [i, { rows }] of stages.entries()) lines.push(line(item, rows, median(cpu[i]!), median(cpu[i]!.map((ms, round) => ms / cpu[0]![round]!))))
  }
  for (const { side } of stages) await side.server.stop()
  return lines
}

const line = ({ key, title }: Case, rows: number, ms: number, ratio: number) =>
  `${key} ${title.padEnd(46)} ${rows.toLocaleString('en').padStart(9)} contracts  ${ms.toFixed(2).padStart(7)} ms  × ${ratio.toFixed(2)}  ${ratio <= bar ? 'reached' : `not reached (≤ ${bar})`}`
