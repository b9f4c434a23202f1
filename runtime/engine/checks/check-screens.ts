/** Checks of what is shown: forms, views, the menu. */
import type { Form, FormField, RelatedList, Template, View } from '../../../schemas/generated/types'
import type { Report } from '../compile-entity'
import { fieldOf, type Catalog, type CompiledEntity } from '../model'
import { checkFilter, entityOf, expectField, expectStored, noteDefinition } from './common'

export function checkForm(definition: Form, catalog: Catalog, report: Report) {
  const entity = entityOf(definition.entity, catalog, report)
  if (!entity) return
  definition.tabs.forEach((tab, t) => tab.sections.forEach((section, s) => section.items.forEach((item, i) => {
    const path = `/tabs/${t}/sections/${s}/items/${i}`
    if ('field' in item) expectField(entity, (item as FormField).field, `${path}/field`, report)
    else checkRelated(item as RelatedList, entity, catalog, path, report)
  })))
}

function checkRelated(item: RelatedList, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  const related = entityOf(item.related, catalog, report, `${path}/related`)
  if ((item.via === undefined) === (item.match === undefined)) report(path, 'badMember', { reason: { en: 'give either “via” or “match”', zh: '须填写 via 或 match 之一' } })
  if (!related) return
  expectField(related, item.via, `${path}/via`, report)
  expectField(related, item.match?.field, `${path}/match/field`, report)
  expectField(entity, item.match?.in, `${path}/match/in`, report)
  item.columns.forEach((name, i) => expectField(related, name, `${path}/columns/${i}`, report))
  item.sort?.forEach((key, i) => expectField(related, key.replace(/^-/, ''), `${path}/sort/${i}`, report))
}

export function checkView(definition: View, catalog: Catalog, report: Report) {
  const entity = entityOf(definition.entity, catalog, report)
  if (!entity) return
  if (definition.type === 'kanban' && !entity.definition.pipeline) report('/type', 'badMember', { reason: { en: `${entity.name} has no stages for a board`, zh: `${entity.definition.label.zh}没有阶段，不能用看板` } })
  checkChart(definition, entity, report)
  definition.columns?.forEach((c, i) => expectField(entity, c.field, `/columns/${i}/field`, report))
  definition.filters?.forEach((name, i) => expectField(entity, name, `/filters/${i}`, report))
  definition.totals?.forEach((name, i) => expectField(entity, name, `/totals/${i}`, report))
  definition.sort?.forEach((key, i) => expectField(entity, key.replace(/^-/, ''), `/sort/${i}`, report))
  definition.rowActions?.forEach((name, i) => {
    noteDefinition('action', `${entity.name}.${name}`, `/rowActions/${i}`, report)
    if (!catalog.actions.get(entity.name)?.some((a) => a.name === name)) report(`/rowActions/${i}`, 'noSuchDefinition', { kind: { en: 'action', zh: '动作' }, name: `${entity.name}.${name}` })
  })
  checkFilter(definition.filter, entity, catalog, '/filter', report)
}

function checkChart({ type, chart }: View, entity: CompiledEntity, report: Report) {
  if ((type === 'chart') !== (chart !== undefined)) report('/chart', chart ? 'badMember' : 'missingMember', { name: 'chart', reason: { en: 'only a chart has it', zh: '仅图表可用' } })
  if (!chart) return
  const { groupBy, measure: { op, field } } = chart
  expectStored(entity, groupBy, '/chart/groupBy', report)
  if ((op === 'count') !== (field === undefined)) report('/chart/measure/field', field ? 'badMember' : 'missingMember', { name: 'field', reason: { en: 'a count takes none', zh: '计数不需要字段' } })
  if (!expectField(entity, field, '/chart/measure/field', report) || field === undefined) return
  const added = fieldOf(entity, field)!
  if (added.volatile || added.effectiveType.expressionType(added.effective).kind !== 'decimal') report('/chart/measure/field', 'wrongFieldType', { name: field, expected: { en: 'number', zh: '数字' } })
}

export function checkTemplate(definition: Template, catalog: Catalog, report: Report) {
  definition.menu.forEach((group, g) => group.entities.forEach((name, i) => entityOf(name, catalog, report, `/menu/${g}/entities/${i}`)))
}
