/** What the names in a member may be: fields of which entity, stages, roles, … A member without an entry holds a new name. */
import { systemFields, systemFieldsOf } from '../../runtime/engine/system-fields'
import { isPinned } from '../../runtime/engine/pipeline-versions'
import type { Definition, Field, Label, Pipeline } from '../../schemas/generated/types'
import { documentId, ofKind, type Documents, type Kind } from '../editor/documents'
import { getAt, type Path } from '../editor/path'

export interface NameOption { value: string; label: Label | undefined }

/** Where a name stands. */
export interface NameScope {
  documents: Documents
  document: Definition
  /** The document as it is in force. */
  published?: Definition | undefined
  path: Path
}
type Source = (scope: NameScope) => NameOption[]

export function namesFor(place: string, scope: NameScope): NameOption[] | undefined {
  const member = place.split('.').at(-1)!
  const source = byPlace[place] ?? byMember[member]
  return source?.(scope)
}

/** Entity the document is about. */
export const ownEntity = ({ document }: NameScope): string => ('entity' in document ? document.entity : document.name)

/** Entity that the objects around a place speak of: the nearest `related` or `entity`, else the document's own. */
export function entityAround(scope: NameScope): string {
  for (const object of around(scope)) {
    const name = object.related ?? object.entity
    if (typeof name === 'string') return name
  }
  return ownEntity(scope)
}

/** The objects that hold a place, the innermost first. */
export function* around({ document, path }: NameScope): Generator<Record<string, unknown>> {
  for (let depth = path.length - 1; depth > 0; depth -= 1) {
    const value = getAt(document, path.slice(0, depth))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) yield value as Record<string, unknown>
  }
}

export function fieldsOf(documents: Documents, entity: string): Field[] {
  const definition = documents[documentId('entity', entity)]
  return definition?.kind === 'entity' ? [...definition.fields, ...systemFieldsOf(definition)] : systemFields
}

const optionOf = (field: Field): NameOption => ({ value: field.name, label: field.label })
const fieldsHere: Source = (s) => fieldsOf(s.documents, ownEntity(s)).map(optionOf)
const fieldsAround: Source = (s) => fieldsOf(s.documents, entityAround(s)).map(optionOf)
const definitions = (kind: Kind): Source => ({ documents }) => ofKind(documents, kind).map((d) => ({ value: d.name, label: d.label }))
const belonging = (kind: 'flow' | 'action'): Source => (s) => {
  const entity = entityAround(s)
  return ofKind(s.documents, kind).filter((d) => d.entity === entity).map((d) => ({ value: d.name, label: d.label }))
}
/** Rows that a roll-up adds up: of a sub-table here, or of another entity. */
const rolledUp: Source = (s) => {
  const lines = [...around(s)][0]?.lines
  const table = fieldsOf(s.documents, ownEntity(s)).find((f) => f.name === lines)
  return table && 'fields' in table ? table.fields.map(optionOf) : fieldsAround(s)
}
const stages: Source = (s) => {
  const pipelines = ofKind(s.documents, 'pipeline').filter((p) => p.entity === ownEntity(s))
  const own = s.document.kind === 'pipeline' ? [s.document] : pipelines
  return own.flatMap((p) => p.stages.map((stage) => ({ value: stage.id, label: stage.label })))
}
const anyStage: NameOption = { value: '*', label: { en: 'Any stage', zh: '任意阶段' } }
const phases: Source = ({ document }) => ('phases' in document ? (document.phases ?? []) : []).map((p) => ({ value: p.id, label: p.label }))
const nodes: Source = ({ document }) => ('nodes' in document ? document.nodes : []).map((n) => ({ value: n.id, label: n.label }))
const linesHere: Source = (s) => fieldsOf(s.documents, ownEntity(s)).filter((f) => 'fields' in f).map(optionOf)

const byMember: Record<string, Source> = {
  entity: definitions('entity'), entities: definitions('entity'), related: definitions('entity'),
  flow: belonging('flow'), flows: belonging('flow'), actions: belonging('action'), rowActions: belonging('action'),
  dictionary: definitions('dictionary'), table: definitions('ruleTable'), versionField: fieldsHere,
  role: definitions('role'), roles: definitions('role'), reopen: definitions('role'), skipRoles: definitions('role'), backwardRoles: definitions('role'),
  field: fieldsAround, fields: fieldsAround, columns: fieldsAround, filters: fieldsAround, totals: fieldsAround, requiredFields: fieldsAround,
  titleField: fieldsHere, subtitleField: fieldsHere, ownedBy: fieldsHere, from: fieldsHere, in: fieldsHere, indexes: fieldsHere,
  pipelineField: fieldsHere, stageField: fieldsHere, statusField: fieldsHere, probabilityField: fieldsHere, phaseField: fieldsHere, sinceField: fieldsHere, activityField: fieldsHere,
  reasonField: fieldsHere, currencyField: fieldsHere, linkBack: fieldsHere, lines: linesHere, via: fieldsAround, Values: fieldsAround,
  to: stages, phase: phases, source: nodes, target: nodes,
}
const columnsHere = (member: 'inputs' | 'outputs'): Source => ({ document }) => (document.kind === 'ruleTable' ? document[member].map((c) => ({ value: c.name, label: c.label })) : [])
/** Inputs of the table that the effect around names. */
const inputsAround: Source = (s) => {
  const table = s.documents[documentId('ruleTable', String([...around(s)].find((o) => typeof o.table === 'string')?.table))]
  return table?.kind === 'ruleTable' ? table.inputs.map((c) => ({ value: c.name, label: c.label })) : []
}
const versionsBefore: Source = ({ document }) => (document.kind === 'ruleTable' ? document.versions.map((v) => ({ value: v.id, label: undefined })) : [])

/** Stages of the entity's other pipelines, as pipeline.stage; of a pinned one also those that it loses with this draft. */
const stagesElsewhere: Source = (s) => [...ofKind(s.documents, 'pipeline').filter((p) => p.entity === ownEntity(s) && p.name !== s.document.name), ...lostStages(s)]
  .flatMap((p) => p.stages.map((stage) => ({ value: `${p.name}.${stage.id}`, label: { en: `${p.label.en}: ${stage.label.en}`, zh: `${p.label.zh}：${stage.label.zh}` } })))

function lostStages({ document, published }: NameScope): Pipeline[] {
  if (document.kind !== 'pipeline' || published?.kind !== 'pipeline' || !isPinned(document)) return []
  return [{ ...published, stages: published.stages.filter(({ id }) => !document.stages.some((stage) => stage.id === id)) }]
}

const byPlace: Record<string, Source> = {
  'Pipeline.policies.onPipelineSwitch.stageMap': stagesElsewhere,
  'RuleRow.when': columnsHere('inputs'), 'RuleRow.then': columnsHere('outputs'), 'RuleVersion.corrects': versionsBefore, 'ApplyRuleEffect.inputs': inputsAround,
  'SubmitFlowEffect.flow': belonging('flow'),
  'RollupField.rollup.field': rolledUp,
  'Pipeline.transitions.from': (s) => [anyStage, ...stages(s)],
  'ReferenceField.copy': fieldsAround,
}
