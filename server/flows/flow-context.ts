/** What the interpreter may ask about the world while it decides, read beforehand so that deciding stays pure. */
import { compileCalendar, dueAt, lookup, scopeOf, type CompiledCalendar, type FlowContext } from '../../runtime/engine'
import { Explained } from '../../schemas/errors'
import { evaluate, holds, type ExpressionValue, type Scope } from '../../schemas/expressions'
import type { Calendar, Flow, FlowNode, RuleTable } from '../../schemas/generated/types'
import { nodeTypeOf } from '../../schemas/node-types'
import { expressionsIn } from '../../schemas/people'
import type { CallItem, TableAnswer } from '../../schemas/node-types/node-type'
import { ruleContextFor } from '../records/load'
import type { Context } from '../use-cases/context'
import type { Subject } from './apply'
import { callsOf } from './calls'
import { peopleNow } from './people-now'
import { defaultCalendar, pinnedDefinition } from './pins'
import { reusableApprovals } from './reuse'

export async function flowContext(ctx: Context, { instance, flow, table, record }: Subject): Promise<FlowContext> {
  const scope = scopeOf(table.entity, record, await ruleContextFor(ctx, table, record, expressionsOf(flow)), ctx.model.catalog)
  const calendar = await pinnedDefinition<Calendar>(ctx, instance, 'calendar', flow.calendar ?? defaultCalendar)
  const tables = await ruleTables(ctx, instance, flow)
  const calls = new Map<string, CallItem[]>()
  for (const node of flow.nodes) { const calling = nodeTypeOf(node).calling?.(node); if (calling) calls.set(node.id, await callsOf(ctx, table, record, calling)) }
  const moments = momentsOf(ctx, calendar && compiled(calendar), scope)
  return {
    people: peopleNow(ctx),
    initiator: instance.initiator,
    holds: (condition, result) => holds(condition, result === undefined ? scope : withResult(scope, result as ExpressionValue)),
    evaluate: (expression) => evaluate(expression, scope),
    value: (field) => record[field],
    reusable: await reusableApprovals(ctx, { instance, flow, table, record }),
    ...moments,
    lookup: (node) => answer(node, tables, scope, instance.startedAt),
    calls: (node) => calls.get(node.id) ?? [],
  }
}

const calendars = new WeakMap<Calendar, CompiledCalendar>()
function compiled(calendar: Calendar): CompiledCalendar {
  const known = calendars.get(calendar) ?? compileCalendar(calendar)
  calendars.set(calendar, known)
  return known
}

const withResult = (scope: Scope, result: ExpressionValue): Scope => ({ ...scope, variables: Object.assign(Object.create(scope.variables) as Scope['variables'], { result }) })

function momentsOf({ clock }: Context, calendar: CompiledCalendar | undefined, scope: Scope): Pick<FlowContext, 'due' | 'moment'> {
  const due = (duration: string) => dueAt(calendar, clock.now(), duration)
  return {
    due,
    moment: (node) => {
      const { after, until } = node as { after?: string; until?: string }
      if (after !== undefined) return due(after)
      const value = until === undefined ? null : evaluate(until, scope)
      return typeof value === 'string' ? new Date(value).toISOString() : undefined
    },
  }
}

async function ruleTables(ctx: Context, instance: Subject['instance'], flow: Flow): Promise<Map<string, RuleTable>> {
  const names = flow.nodes.map((node) => nodeTypeOf(node).ruleTable?.(node)).filter((name) => name !== undefined)
  const found = await Promise.all(names.map((name) => pinnedDefinition<RuleTable>(ctx, instance, 'ruleTable', name)))
  return new Map(found.filter((t) => t !== undefined).map((t) => [t.name, t]))
}

function answer(node: FlowNode, tables: Map<string, RuleTable>, scope: Scope, submitted: string): TableAnswer {
  const { table: name, inputs, asOf } = node as { table: string; inputs: { [input: string]: string }; asOf?: string }
  const table = tables.get(name)
  if (!table) throw new Explained({ code: 'noSuchDefinition', params: { kind: 'ruleTable', name } })
  const day = asOf === undefined ? submitted : (evaluate(asOf, scope) as string | null) ?? submitted
  const found = lookup(table, day, Object.fromEntries(Object.entries(inputs).map(([input, source]) => [input, evaluate(source, scope)])))
  const none = Object.fromEntries(table.outputs.map((o) => [o.name, null]))
  return found ? { outputs: found.outputs, note: `${name}: ${found.version}, ${found.rows.join(', ')}` } : { outputs: none, note: `${name}: –` }
}

function expressionsOf(flow: Flow): string[] {
  const assignees = flow.nodes.flatMap((node) => [...(nodeTypeOf(node).assignees?.(node) ?? []), ...(('onEmpty' in node && node.onEmpty?.assignees) || [])])
  const ofPeople = expressionsIn([...assignees, ...(flow.admins ?? [])])
  const ofNodes = flow.nodes.flatMap((node) => Object.values(nodeTypeOf(node).expressions?.(node) ?? {}).map((e) => e.source))
  return [...flow.edges.map((edge) => edge.when), ...ofPeople, ...ofNodes].filter((source) => source !== undefined)
}
