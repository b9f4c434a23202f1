import { AppError, invalid, type Problem } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import type { Instance } from '../flows/instances'
import { startFlow } from '../flows/start-flow'
import { visibleRecord } from '../records/load'
import { within } from '../records/visibility'
import { inTransaction, type Context } from './context'

/** Submits a record to an approval flow. `people`: whom the initiator chose for nodes that leave it to them; 422 when one is missing. */
export async function submitFlow(ctx: Context, entity: string, id: string, flow: string, comment: string | null, people: { [node: string]: string[] } = {}): Promise<Instance> {
  return inTransaction(ctx, async (tx) => {
    const { table, record } = await visibleRecord(tx, entity, id)
    if (!(await within(tx, table.entity, 'update', tx.access.entity(entity)?.flows.get(flow), record))) throw new AppError(403, 'forbidden')
    requireManual(tx, flow, entity)
    requireChosen(tx, flow, entity, people)
    return startFlow(tx, table, record, flow, { comment, chosen: people })
  })
}

/** Others begin by themselves, or by what asks for them. */
export const submittedByPeople = ({ trigger }: Flow) => trigger?.on === undefined || trigger.on.includes('manual')

function requireManual(ctx: Context, name: string, entity: string) {
  const flow = ctx.model.catalog.flows.get(entity)?.find((f) => f.name === name)
  if (flow && !submittedByPeople(flow)) throw new AppError(409, 'flowNotApplicable', { label: flow.label })
}

function requireChosen(ctx: Context, name: string, entity: string, people: { [node: string]: string[] }) {
  const nodes = ctx.model.catalog.flows.get(entity)?.find((f) => f.name === name)?.nodes ?? []
  const open = nodes.filter((n) => 'assignees' in n && n.assignees?.some((a) => a.kind === 'initiatorSelect'))
  const missing = open.filter((n) => !people[n.id]?.length).map((n): Problem => ({ path: `/people/${n.id}`, code: 'required', params: { label: n.label ?? n.id } }))
  const wrong = Object.entries(people).filter(([id, ids]) => !open.some((n) => n.id === id) || ids.some((person) => !ctx.model.directory.person(person)?.active))
  const problems = [...missing, ...wrong.map(([id]): Problem => ({ path: `/people/${id}`, code: 'badChoice' }))]
  if (problems.length > 0) throw invalid(problems)
}
