/** What the interpreter may ask about the world while it decides, read beforehand so that deciding stays pure. */
import { scopeOf, type FlowContext } from '../../runtime/engine'
import { evaluate, holds } from '../../schemas/expressions'
import type { Assignee, Flow } from '../../schemas/generated/types'
import { nodeTypeOf } from '../../schemas/node-types'
import { ruleContextFor } from '../records/load'
import type { Context } from '../use-cases/context'
import type { Subject } from './apply'
import { peopleNow } from './people-now'
import { reusableApprovals } from './reuse'

export async function flowContext(ctx: Context, { instance, flow, table, record }: Subject): Promise<FlowContext> {
  const scope = scopeOf(table.entity, record, await ruleContextFor(ctx, table, record, expressionsOf(flow)), ctx.model.catalog)
  return {
    people: await peopleNow(ctx),
    initiator: instance.initiator,
    holds: (condition) => holds(condition, scope),
    evaluate: (expression) => evaluate(expression, scope),
    value: (field) => record[field],
    reusable: await reusableApprovals(ctx, { instance, flow, table, record }),
  }
}

function expressionsOf(flow: Flow): string[] {
  const assignees = flow.nodes.flatMap((node) => [...(nodeTypeOf(node).assignees?.(node) ?? []), ...(('onEmpty' in node && node.onEmpty?.assignees) || [])])
  const ofPeople = [...assignees, ...(flow.admins ?? [])].map((a: Assignee) => ('expression' in a ? a.expression : undefined))
  return [...flow.edges.map((edge) => edge.when), ...ofPeople].filter((source) => source !== undefined)
}
