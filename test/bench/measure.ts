/** Measures a case: floor and ours in turns, so that what disturbs the machine disturbs both. */
import { isDeepStrictEqual } from 'node:util'
import type { Case } from './cases'
import type { Client } from './client'
import type { RunningServer } from './processes'
import type { Fixtures } from './servers/files'
import { shapeDifference } from './shape'

export interface Side { server: RunningServer; client: Client }
export interface Sides { floor: Side; ours: Side }

export interface Figures {
  /** CPU time of the server a request, ms. */
  cpu: number
  p50: number
  p95: number
  perSecond: number
}
export interface Result { case: Case; floor: Figures; ours: Figures; /** Of CPU time; the median over the rounds. */ ratio: number; ratios: number[] }

export async function measure(item: Case, sides: Sides, fixtures: Fixtures, rounds: number): Promise<Result> {
  await requireSameAnswers(item, sides, fixtures)
  for (const side of [sides.floor, sides.ours]) await side.client.drive(item.warmUp, item.calls(fixtures, 0), item.status)
  const floor: Figures[] = []
  const ours: Figures[] = []
  for (let round = 1; round <= rounds; round++) {
    floor.push(await oneRound(item, sides.floor, fixtures, round))
    ours.push(await oneRound(item, sides.ours, fixtures, round))
  }
  const ratios = ours.map((figures, i) => figures.cpu / floor[i]!.cpu)
  return { case: item, floor: typical(floor), ours: typical(ours), ratio: median(ratios), ratios }
}

export async function oneRound(item: Case, { server, client }: Side, fixtures: Fixtures, seed: number): Promise<Figures> {
  const before = await server.usage()
  const start = performance.now()
  const times = await client.drive(item.round, item.calls(fixtures, seed), item.status)
  const elapsed = performance.now() - start
  const after = await server.usage()
  return figuresOf(times, item.round, elapsed, after.cpu - before.cpu)
}

/** Of so many requests that took these times, all together `elapsed` ms and `cpu` ms of the server. */
export const figuresOf = (times: number[], count: number, elapsed: number, cpu: number): Figures =>
  ({ cpu: cpu / count, p50: quantile(times, 0.5), p95: quantile(times, 0.95), perSecond: (count * 1000) / elapsed })

/** Both answer the first request as expected and alike. */
async function requireSameAnswers(item: Case, { floor, ours }: Sides, fixtures: Fixtures) {
  const call = item.calls(fixtures, 1)()
  const [theirs, own] = [await floor.client.send(call), await ours.client.send(call)]
  for (const reply of [theirs, own]) if (reply.status !== item.status) throw new Error(`${item.key}: ${reply.status} ${reply.text.slice(0, 500)}`)
  const [a, b] = [JSON.parse(theirs.text) as unknown, JSON.parse(own.text) as unknown]
  const difference = shapeDifference(a, b) ?? (item.equal && !isDeepStrictEqual(a, b) ? 'the values differ' : undefined)
  if (difference) throw new Error(`${item.key}: floor and ours answer differently: ${difference}\n${theirs.text.slice(0, 1500)}\n${own.text.slice(0, 1500)}`)
}

export function typical(rounds: Figures[]): Figures {
  const of = (name: keyof Figures) => median(rounds.map((r) => r[name]))
  return { cpu: of('cpu'), p50: of('p50'), p95: of('p95'), perSecond: of('perSecond') }
}

export const median = (values: number[]) => quantile(values, 0.5)

function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!
}
