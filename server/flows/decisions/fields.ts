/** Fields that those asked fill in with their decision: through the one way to write, and no others than the node names. */
import { isEmpty, mergeInput, missing, presentNames, type WireRecord } from '../../../runtime/engine'
import { invalid, type Problem } from '../../../schemas/errors'
import { shapeProblems } from '../../../schemas/validate'
import { refuseUnseen } from '../../records/brought'
import { changeRecord } from '../../records/write'
import { asEngine } from '../../use-cases/context'
import type { DecisionRun } from './decision'

/** The record with them; 422 with every problem, each at `/fields/<name>`. `may`: this decision, of somebody who does more than advise. */
export async function fillIn(run: DecisionRun, may: boolean): Promise<WireRecord> {
  const { ctx, table, record, node } = run
  const fields = presentNames(table.entity, run.input.fields)
  const rights = new Map(may ? node.fields?.map((f) => [f.field, f.access]) : [])
  const refused = Object.keys(fields).filter((name) => !['editable', 'required'].includes(rights.get(name) ?? 'readonly'))
  if (refused.length > 0) throw invalid(refused.map((name) => problem(run, name, 'readOnly')))
  const candidate = { ...record, ...fields }
  const empty = [...rights].filter(([name, access]) => access === 'required' && isEmpty(candidate[name])).map(([name]) => missing(`/fields/${name}`, table.entity.fields.get(name)!))
  if (empty.length > 0) throw invalid(empty)
  return Object.keys(fields).length === 0 ? record : at('/fields', async () => {
    await refuseUnseen(ctx, table.entity, brought(run), record)
    // The node grants it, whatever became of the field for everybody else since the flow was submitted.
    return changeRecord(asEngine(ctx, `flow:${run.instance.flow}`), table, record, fields, { byPerson: false })
  })
}

/** What the decision brings along, as the record would hold it. */
function brought({ ctx, table, record, input }: DecisionRun): WireRecord {
  return mergeInput(table.entity, input.fields, { stored: record, byPerson: true, shape: shapeProblems, newId: ctx.newId, access: () => 'write' }).record
}

const problem = ({ table }: DecisionRun, name: string, code: 'readOnly'): Problem => ({ path: `/fields/${name}`, code, params: { label: table.entity.fields.get(name)?.definition.label ?? name } })

/** Problems of the record are problems of a part of the request. */
async function at<T>(prefix: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Error && 'problems' in error) for (const p of error.problems as Problem[]) if (!p.path.startsWith(prefix)) p.path = prefix + p.path
    throw error
  }
}
