/** What the schemas do not say about how a panel is best laid out. A member that is not mentioned is simply shown. */

/** Switches that stand on while the member is absent. */
export const onUnlessOff: ReadonlySet<string> = new Set(['RelatedList.create', 'Flow.recordPolicy.grantReadToApprovers'])

/** Members that are set elsewhere or by the system. */
export const elsewhere: Readonly<Record<string, readonly string[]>> = {
  Entity: ['kind', 'schemaVersion', 'name', 'fields'],
  Pipeline: ['kind', 'schemaVersion', 'name', 'entity', 'stages'],
  Flow: ['kind', 'schemaVersion', 'name', 'entity', 'nodes', 'edges', 'layout'],
  Form: ['kind', 'schemaVersion', 'name', 'entity'],
  View: ['kind', 'schemaVersion', 'name', 'entity'],
  Action: ['kind', 'schemaVersion', 'name', 'entity'],
  Dictionary: ['kind', 'schemaVersion', 'name'],
  Calendar: ['kind', 'schemaVersion', 'name'],
  Role: ['kind', 'schemaVersion', 'name'],
  RuleTable: ['kind', 'schemaVersion', 'name'],
  Sharing: ['kind', 'schemaVersion', 'name', 'entity'],
  Receivers: ['departmentIds'],
  Template: ['kind', 'schemaVersion', 'name'],
  Edge: ['id', 'source', 'target', 'default', 'order'],
}

/** Members folded away under “More settings”, in definitions whose name ends so. */
const folded: readonly (readonly [suffix: string, members: readonly string[]])[] = [
  ['Field', ['uid', 'aliases', 'help', 'hidden', 'requiredWhen', 'readOnlyWhen', 'visibleWhen', 'default', 'defaultExpr', 'searchable', 'copy', 'optionsFrom']],
  ['Node', ['id', 'effects']],
  ['Stage', ['guidance', 'exitCriteria', 'fieldAccess', 'rotting', 'gate', 'onEnter', 'onExit']],
]

export function isFolded(definition: string, member: string): boolean {
  return folded.some(([suffix, members]) => definition.endsWith(suffix) && members.includes(member))
}
