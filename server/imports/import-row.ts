/** One row, one transaction: its record found or made, changed and moved through the use-cases, or nothing at all. */
import { pipelineOf, stageOf, type WireRecord } from '../../runtime/engine'
import { AppError, invalid, type Problem } from '../../schemas/errors'
import type { Filter } from '../../schemas/generated/types'
import { changeStage } from '../use-cases/change-stage'
import { anyTable, inTransaction, type WriteContext } from '../use-cases/context'
import { createRecord } from '../use-cases/create-record'
import { listWhere } from '../use-cases/list-records'
import { updateRecord } from '../use-cases/update-record'
import type { Step } from './mapping-types'
import type { Row } from './read-csv'
import { dropMisfits, fieldOf, isPassedOver, wishOf, type StepRun, type Wish } from './row-wish'

export type Outcome = 'created' | 'changed' | 'unchanged' | 'passed'
/** A problem of a row and the cell it comes from; no column when it comes from none. */
export interface Refusal extends Problem { column: string; value: string }
export type Taken = { outcome: Outcome } | { refusals: Refusal[] }

/** Nobody is there to be asked about records that are alike. */
const alikeAllowed = { duplicatesSeen: true }

/** Ends the transaction of a row whose faults are known already. */
const takenBack = invalid([])

/** Takes a row or says everything that is wrong with it. What is not the row's fault is thrown. */
export async function takeRow(run: StepRun, row: Row): Promise<Taken> {
  if (row.problem) return { refusals: [{ ...row.problem, column: '', value: '' }] }
  if (isPassedOver(run, row)) return { outcome: 'passed' }
  const wish = wishOf(run, row)
  let result = await attempt(run, wish)
  if (result instanceof AppError && dropMisfits(wish, run.table)) result = await attempt(run, wish)
  return result instanceof AppError ? { refusals: refusalsOf(wish, result, row) } : { outcome: result }
}

/** The outcome, or why there is none. */
async function attempt({ ctx, step }: StepRun, wish: Wish): Promise<Outcome | AppError> {
  try {
    return await inTransaction(ctx, (tx) => carryOut(tx, step, wish))
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

/** A row with faults is tried all the same, so that all its problems come to light; failing at the end takes everything back. */
async function carryOut(tx: WriteContext, step: Step, wish: Wish): Promise<Outcome> {
  const found = wish.key && (await findRecord(tx, step.entity, wish.key))
  if (!found && step.mode === 'update') throw wish.key ? invalid([noRecord(tx, step, wish)]) : takenBack
  const saved = found ? await updateRecord(tx, step.entity, found.id, wish.input, undefined, alikeAllowed) : await createRecord(tx, step.entity, wish.input, alikeAllowed)
  const moved = await moveTo(tx, step.entity, saved, wish)
  if (wish.problems.length > 0) throw takenBack
  if (!found) return 'created'
  return moved.rev === found.rev ? 'unchanged' : 'changed'
}

async function findRecord(tx: WriteContext, entity: string, key: Filter): Promise<{ id: string; rev: number } | undefined> {
  const table = anyTable(tx, entity)
  const [found, another] = await tx.tx.find(table.collection, { where: listWhere(tx, table, { filter: key }), limit: 2, columns: [] })
  if (another) throw new AppError(409, 'duplicate', { fields: [table.entity.definition.label] })
  return found
}

function noRecord(tx: WriteContext, { entity, match }: Step, { input }: Wish): Problem {
  return { path: `/${match[0]}`, code: 'noMatch', params: { value: match.map((name) => input[name]).join(', '), entity: anyTable(tx, entity).entity.definition.label } }
}

/** A stage that waits for an approval is not reached by an import: the row is refused. */
async function moveTo(tx: WriteContext, name: string, record: WireRecord, { stage }: Wish): Promise<WireRecord> {
  const { entity } = anyTable(tx, name)
  if (!stage || record[entity.definition.pipeline!.stageField] === stage.to) return record
  const moved = await changeStage(tx, name, record.id!, stage)
  if (moved.pending === undefined) return moved.record
  const label = stageOf(pipelineOf(tx.model.catalog, entity, record), stage.to)?.label
  throw invalid([{ path: '/to', code: 'gatePending', params: { stage: label } }])
}

/** The row's own faults, then what the use-cases said beyond what only follows from them. A cell is named once for a reason. */
function refusalsOf({ problems, columns }: Wish, error: AppError, { cells }: Row): Refusal[] {
  const failed = new Set(problems.map(fieldOf))
  const beyond = problemsOf(error).filter((p) => problems.length === 0 || (p.params?.rule === undefined && !failed.has(fieldOf(p))))
  const order = [...columns.keys()]
  const named = new Set<string>()
  return [...problems, ...beyond]
    .sort((a, b) => order.indexOf(fieldOf(a)) - order.indexOf(fieldOf(b)))
    .map((p): Refusal => { const column = columns.get(fieldOf(p)) ?? ''; return { ...p, column, value: cells.get(column) ?? '' } })
    .filter(({ column, path, code }) => { const key = `${column || path} ${code}`; return !named.has(key) && named.add(key) })
}

/** What an error says of the row; nothing when the row was only taken back. */
const problemsOf = (error: AppError): Problem[] => (error.problems.length > 0 || error === takenBack ? error.problems : [{ path: '', code: error.code, params: error.params }])
