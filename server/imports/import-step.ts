/** One step of a mapping: the rows of a file, a batch at a time. */
import { join } from 'node:path'
import type { ModelHolder } from '../model/model'
import { asEngine, contextFor, systemPerson, tableOf, type Context, type Services } from '../use-cases/context'
import { takeRow, type Outcome, type Refusal, type Taken } from './import-row'
import { loadLookups } from './lookups'
import { lookupsOf } from './mapping'
import type { Step } from './mapping-types'
import { readRows, type Row } from './read-csv'
import type { StepRun } from './row-wish'

export interface StepTotals extends Record<Outcome, number> { id: string; file: string; rows: number; refused: number }
/** Hears of every row that was refused, in the order of the file. */
export type OnRefused = (file: string, line: number, refusals: Refusal[]) => void

/** The engine acts, and the history says that it was an import. The definitions and people are those of this moment. */
export async function importContext(services: Services, holder: ModelHolder): Promise<Context> {
  return asEngine(contextFor(services, await holder.current(), systemPerson, 'en', 'import'), 'import')
}

/**
 * Rows under way at once. Each has a transaction of its own, so that one that fails takes none of its neighbours with it; the store
 * works through them in order and writes those that wait together in one commit.
 */
const batchSize = 100

/** Reads the step's file from a folder. */
export async function importStep(ctx: Context, step: Step, folder: string, onRefused: OnRefused): Promise<StepTotals> {
  const run: StepRun = { ctx, step, table: tableOf(ctx, step.entity), lookups: await loadLookups(ctx, lookupsOf(step)), keys: new Set(), distinct: new Set() }
  const totals: StepTotals = { id: step.id, file: step.file, rows: 0, created: 0, changed: 0, unchanged: 0, passed: 0, refused: 0 }
  for await (const batch of batches(readRows(join(folder, step.file)))) {
    const taken = await settleAll(batch.map((row) => takeRow(run, row)))
    taken.forEach((result, i) => count(totals, result, batch[i]!.line, onRefused))
  }
  return totals
}

async function* batches(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length === batchSize) { yield batch; batch = [] }
  }
  if (batch.length > 0) yield batch
}

/** Like Promise.all, but leaves nothing running behind when one fails. */
async function settleAll<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}

function count(totals: StepTotals, taken: Taken, line: number, onRefused: OnRefused) {
  totals.rows++
  if ('outcome' in taken) { totals[taken.outcome]++; return }
  totals.refused++
  onRefused(totals.file, line, taken.refusals)
}
