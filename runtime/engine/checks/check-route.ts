/** Checks of where a flow goes back to, what its nodes run and ask, and when it begins. */
import { any, date, type ExpressionType } from '../../../schemas/expressions'
import type { Flow, FlowNode, OnReject, OnReturn } from '../../../schemas/generated/types'
import { nodeTypeOf } from '../../../schemas/node-types'
import type { Report } from '../compile-entity'
import { graphOf } from '../flow/graph'
import type { Catalog, CompiledEntity } from '../model'
import { checkOwnValues, expectInput } from './check-effects'
import { checkExpression, expectField, noteDefinition } from './common'

export function checkStart({ trigger, effectiveBasis, calendar }: Flow, entity: CompiledEntity, catalog: Catalog, report: Report) {
  trigger?.watchFields?.forEach((name, i) => expectField(entity, name, `/trigger/watchFields/${i}`, report))
  if (effectiveBasis?.startsWith('record.')) checkExpression(effectiveBasis.slice('record.'.length), entity, catalog, '/effectiveBasis', report, date)
  if (calendar === undefined) return
  noteDefinition('calendar', calendar, '/calendar', report)
  if (!catalog.calendars.has(calendar)) report('/calendar', 'noSuchDefinition', { kind: { en: 'calendar', zh: '工作日历' }, name: calendar })
}

export function checkNode(flow: Flow, node: FlowNode, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  const type = nodeTypeOf(node)
  checkExpressions(node, entity, catalog, path, report)
  checkOwnValues(type.fills?.(node) ?? {}, { entity, catalog, path, report, extra: { result: any } })
  const table = type.ruleTable?.(node)
  if (table !== undefined) noteDefinition('ruleTable', table, `${path}/table`, report)
  if (table !== undefined && !catalog.ruleTables.has(table)) report(`${path}/table`, 'noSuchDefinition', { kind: { en: 'rule table', zh: '规则表' }, name: table })
  checkCall(node, entity, catalog, path, report)
  checkWayBack(flow, node, path, report)
}

const moments = new Set<ExpressionType['kind']>(['date', 'dateTime', 'null', 'any'])

function checkExpressions(node: FlowNode, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  const { expressions, ruleTable } = nodeTypeOf(node)
  for (const [member, { source, type }] of Object.entries(expressions?.(node) ?? {})) {
    const at = `${path}/${member}`
    const expected = typeof type === 'object' ? expectInput(ruleTable!(node), type.input, catalog, at, report) : any
    const found = checkExpression(source, entity, catalog, at, report, expected)
    if (type === 'moment' && !moments.has(found.kind)) report(at, 'badMember', { reason: { en: 'it must be a date or a time', zh: '须为日期或时间' } })
  }
}

function checkCall(node: FlowNode, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  const calling = nodeTypeOf(node).calling?.(node)
  if (!calling) return
  const { field, column, entity: other, via } = calling
  noteDefinition('flow', calling.flow, `${path}/flow`, report)
  const target = other !== undefined ? catalog.entities.get(other) : entity
  if (other !== undefined && !target) report(`${path}/entity`, 'noSuchDefinition', { kind: { en: 'entity', zh: '实体' }, name: other })
  if (target && via !== undefined) expectField(target, via, `${path}/via`, report)
  const member = 'of' in node ? 'of' : 'on'
  if (field !== undefined && !expectField(entity, field, `${path}/${member}`, report)) return
  const on = field === undefined ? target : calledEntity(entity, field, column, catalog)
  if (!on) report(`${path}/${column === undefined ? member : 'column'}`, 'wrongFieldType', { name: column ?? field ?? '', expected: { en: 'one that refers to records, or lines', zh: '引用字段或明细' } })
  else if (!catalog.flows.get(on.name)?.some((f) => f.name === calling.flow)) report(`${path}/flow`, 'noSuchDefinition', { kind: { en: `flow of ${on.name}`, zh: `${on.name}的流程` }, name: calling.flow })
}

function calledEntity(entity: CompiledEntity, field: string, column: string | undefined, catalog: Catalog): CompiledEntity | undefined {
  const compiled = entity.fields.get(field)
  if (compiled?.refersTo !== undefined) return catalog.entities.get(compiled.refersTo)
  if (!compiled?.rows) return undefined
  const refersTo = column === undefined ? entity.name : compiled.rows.find((c) => c.name === column)?.refersTo
  return refersTo === undefined ? undefined : catalog.entities.get(refersTo)
}

/** Only to where every way to here has been. */
function checkWayBack(flow: Flow, node: FlowNode, path: string, report: Report) {
  const { onReject, onReturn } = node as { onReject?: OnReject; onReturn?: OnReturn }
  if (!onReject && !onReturn) return
  if ((onReject?.policy === 'toNode') !== (onReject?.node !== undefined)) report(`${path}/onReject`, 'badMember', { reason: { en: '“node” belongs to the policy “toNode”, and that needs it', zh: 'node 与 toNode 须同时填写' } })
  const passed = flow.nodes.some((n) => nodeTypeOf(n).isStart) ? graphOf(flow).passed(node.id) : []
  const check = (name: string, at: string) => { if (!passed.includes(name)) report(at, 'badMember', { reason: { en: `not every way to here passes ${name}, or nobody acts there`, zh: `并非所有路径都经过 ${name}，或该处无人处理` } }) }
  if (onReject?.node !== undefined) check(onReject.node, `${path}/onReject/node`)
  onReturn?.targets?.forEach((name, i) => check(name, `${path}/onReturn/targets/${i}`))
}
