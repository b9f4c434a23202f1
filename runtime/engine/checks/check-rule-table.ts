import { Exact, type ExpressionValue } from '../../../schemas/expressions'
import type { Label, RuleColumn, RuleCondition, RuleRow, RuleTable, RuleVersion } from '../../../schemas/generated/types'
import type { Report } from '../compile-entity'
import type { Catalog } from '../model'
import { repetitions } from '../repetitions'
import { effectiveVersions, isDay, literalTypes, meets } from '../rule-table'
import { refuseRepeatedIds } from './common'

/** Names once, values of their types, versions that do not overlap, lines that can be reached. */
export function checkRuleTable(table: RuleTable, _catalog: Catalog, report: Report) {
  for (const member of ['inputs', 'outputs'] as const) for (const i of repetitions(table[member].map(({ name }) => name))) report(`/${member}/${i}/name`, 'duplicateName', { name: table[member][i]!.name })
  refuseRepeatedIds(table.versions, '/versions', report)
  table.versions.forEach((version, i) => checkVersion(table, version, `/versions/${i}`, report))
  refuseOverlaps(table, report)
}

const bad = (report: Report, path: string, en: string, zh: string) => report(path, 'badMember', { reason: { en, zh } satisfies Label })

function checkVersion(table: RuleTable, version: RuleVersion, path: string, report: Report) {
  for (const member of ['validFrom', 'validTo'] as const) if (version[member] !== undefined && !isDay(version[member])) bad(report, `${path}/${member}`, 'there is no such day', '日期不存在')
  if (version.validTo !== undefined && version.validTo < version.validFrom) bad(report, `${path}/validTo`, 'the last day is before the first', '结束日早于生效日')
  checkCorrection(table, version, `${path}/corrects`, report)
  refuseRepeatedIds(version.rows, `${path}/rows`, report)
  version.rows.forEach((row, i) => checkRow(table, row, `${path}/rows/${i}`, report))
  if (table.hit !== 'collect') refuseHidden(table, version, path, report)
}

function checkCorrection({ versions }: RuleTable, { id, corrects }: RuleVersion, path: string, report: Report) {
  if (corrects === undefined) return
  const place = (name: string) => versions.findIndex((v) => v.id === name)
  if (place(corrects) < 0) bad(report, path, `there is no version “${corrects}”`, `没有版本“${corrects}”`)
  else if (place(corrects) >= place(id)) bad(report, path, 'a version corrects one that stands before it', '只能更正排在前面的版本')
  else if (versions.find((v) => v.corrects === corrects)!.id !== id) bad(report, path, `“${corrects}” is corrected already; correct its correction`, `“${corrects}”已被更正，请更正其后续版本`)
}

function refuseOverlaps(table: RuleTable, report: Report) {
  const ordered = [...effectiveVersions(table)].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  ordered.slice(1).forEach((version, i) => {
    const before = ordered[i]!
    if (version.validFrom > (before.validTo ?? before.validFrom)) return
    const path = `/versions/${table.versions.indexOf(version)}/validFrom`
    bad(report, path, `it overlaps with version “${before.id}”; a correction says which version it corrects`, `与版本“${before.id}”的有效期重叠；更正须注明所更正的版本`)
  })
}

function checkRow(table: RuleTable, { when, then }: RuleRow, path: string, report: Report) {
  for (const [name, condition] of Object.entries(when)) {
    const column = known(table.inputs, name, `${path}/when/${name}`, report)
    if (column) checkCondition(column, condition, `${path}/when/${name}`, report)
  }
  for (const [name, written] of Object.entries(then)) {
    const column = known(table.outputs, name, `${path}/then/${name}`, report)
    if (column) checkLiteral(column, written, `${path}/then/${name}`, report)
  }
}

function known(columns: RuleColumn[], name: string, path: string, report: Report): RuleColumn | undefined {
  const column = columns.find((c) => c.name === name)
  if (!column) bad(report, path, `the table has no “${name}” there`, `规则表此处没有“${name}”`)
  return column
}

const ordering = ['gt', 'gte', 'lt', 'lte'] as const

function checkCondition(column: RuleColumn, condition: RuleCondition, path: string, report: Report) {
  for (const op of ordering) if (condition[op] !== undefined && !literalTypes[column.type].order) bad(report, `${path}/${op}`, `values of ${column.name} have no order`, `“${column.name}”的值不能比较大小`)
  for (const [op, operand] of Object.entries(condition)) if (typeof operand !== 'boolean') for (const written of [operand].flat()) checkLiteral(column, written, `${path}/${op}`, report)
}

function checkLiteral({ name, type }: RuleColumn, written: string, path: string, report: Report) {
  if (literalTypes[type].read(written) === undefined) bad(report, path, `“${written}” is no value of ${name} (${type})`, `“${written}”不是“${name}”的值（${type}）`)
}

/** A line behind one that takes all that it would take never answers. */
function refuseHidden(table: RuleTable, { rows }: RuleVersion, path: string, report: Report) {
  rows.forEach((row, i) => {
    const before = rows.slice(0, i).find((earlier) => table.inputs.every((column) => covers(column, earlier.when[column.name], row.when[column.name])))
    if (before) bad(report, `${path}/rows/${i}`, `never reached: line “${before.id}” takes everything it would`, `不会被采用：其全部情形已由“${before.id}”行涵盖`)
  })
}

/** Whether whatever meets the one condition meets the other. Conditions change at what they name only, so that trying there and beside it is enough. */
function covers({ type }: RuleColumn, wide: RuleCondition | undefined, narrow: RuleCondition | undefined): boolean {
  if (wide === undefined) return true
  const meetsBoth = (value: ExpressionValue) => narrow !== undefined && !meets(narrow, type, value) ? true : meets(wide, type, value)
  return trials(type, [wide, narrow ?? {}]).every(meetsBoth)
}

function trials(type: RuleColumn['type'], conditions: RuleCondition[]): ExpressionValue[] {
  const written = conditions.flatMap((c) => Object.values(c).flat().filter((v): v is string => typeof v === 'string'))
  const named = written.map((w) => literalTypes[type].read(w)).filter((v) => v !== undefined)
  return [null, ...named, ...beside[type](named)]
}

const beside: { [T in RuleColumn['type']]: (named: ExpressionValue[]) => ExpressionValue[] } = {
  decimal: (named) => named.flatMap((v) => [-1, 1].map((way) => (v as InstanceType<typeof Exact>).plus(new Exact(way).times('1e-16')))),
  date: (named) => named.flatMap((v) => [-1, 1].map((days) => new Date(Date.parse(v as string) + days * 86_400_000).toISOString().slice(0, 10))),
  text: (named) => [`${named.join()}~`],
  boolean: () => [true, false],
}
