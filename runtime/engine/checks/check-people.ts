/** Checks of who is asked in an approval, and of what they may see and do. */
import { any, listOf } from '../../../schemas/expressions'
import type { ApprovalNode, Assignee, Flow, FlowNode } from '../../../schemas/generated/types'
import { checkAssignee, type PeopleChecks } from '../../../schemas/people'
import { systemEntities } from '../../../schemas/system'
import { compatible } from '../../../schemas/expressions/compatible'
import type { Report } from '../compile-entity'
import { fieldOf, type Catalog, type CompiledEntity } from '../model'
import { checkExpression, expectField, noteDefinition } from './common'

export function checkAssignees(assignees: Assignee[] | undefined, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  assignees?.forEach((assignee, i) => checkAssignee(assignee, checksAt(entity, catalog, `${path}/${i}`, report)))
}

const person = { kind: 'reference' as const, entity: systemEntities.user }
const holdsPeople = { en: 'a field that holds people', zh: '人员字段' }

function checksAt(entity: CompiledEntity, catalog: Catalog, path: string, report: Report): PeopleChecks {
  return {
    role: (name, at) => {
      noteDefinition('role', name, path + at, report)
      if (!catalog.roles.has(name)) report(path + at, 'noSuchDefinition', { kind: { en: 'role', zh: '角色' }, name })
    },
    peopleField: (name, at) => {
      if (!expectField(entity, name, path + at, report)) return
      if (fieldOf(entity, name)!.refersTo !== systemEntities.user) report(path + at, 'wrongFieldType', { name, expected: holdsPeople })
    },
    peopleExpression: (source, at) => {
      const type = checkExpression(source, entity, catalog, path + at, report, any)
      if (!compatible(type, person) && !compatible(type, listOf(person))) report(path + at, 'badExpression', { reason: 'the result is no person and no list of people' })
    },
    owned: (at) => { if (entity.definition.ownership === 'none') report(path + at, 'badMember', { reason: { en: `records of ${entity.name} have no owner`, zh: `${entity.name}的记录没有负责人` } }) },
  }
}

/** Members of a node about the people it asks; nodes of other types have none of them. */
export function checkAsking(node: FlowNode, flow: Flow, entity: CompiledEntity, catalog: Catalog, path: string, report: Report) {
  const { onEmpty, notSameAs, fields, multi } = node as Partial<ApprovalNode>
  checkAssignees(onEmpty?.assignees, entity, catalog, `${path}/onEmpty/assignees`, report)
  if ((onEmpty?.action === 'assign') !== (onEmpty?.assignees !== undefined)) report(`${path}/onEmpty`, 'badMember', { reason: { en: '“assignees” belongs to the action “assign”, and that needs them', zh: 'assignees 与 assign 须同时填写' } })
  if (multi?.mode !== 'vote' && multi?.passRatio !== undefined) report(`${path}/multi/passRatio`, 'badMember', { reason: { en: 'only votes have a ratio', zh: '仅投票可设通过比例' } })
  if ((multi?.mode === 'all' || multi?.mode === 'sequential') && (multi.rejectRule ?? 'anyRejects') !== 'anyRejects') report(`${path}/multi/rejectRule`, 'badMember', { reason: { en: 'where everybody must approve, one rejection rejects', zh: '须全部同意时，一人驳回即驳回' } })
  notSameAs?.forEach((id, i) => {
    if (id === node.id || !flow.nodes.some((n) => n.id === id)) report(`${path}/notSameAs/${i}`, 'noSuchDefinition', { kind: { en: 'other node', zh: '其他节点' }, name: id })
  })
  fields?.forEach(({ field, access }, i) => checkNodeField(field, access, fields.findIndex((f) => f.field === field) !== i, entity, `${path}/fields/${i}`, report))
}

const written = new Set(['editable', 'required'])
/** They change by the transition command only. */
const ofStages = ({ definition }: CompiledEntity): string[] => Object.values(definition.pipeline ?? {})

function checkNodeField(name: string, access: string, repeated: boolean, entity: CompiledEntity, path: string, report: Report) {
  if (!expectField(entity, name, `${path}/field`, report)) return
  if (repeated) report(`${path}/field`, 'duplicateName', { name })
  const field = fieldOf(entity, name)!
  if (written.has(access) && (field.computed || field.system || field.definition.readOnly || ofStages(entity).includes(field.name))) report(`${path}/access`, 'badMember', { reason: { en: `${name} cannot be changed by people`, zh: `${name}不可由人修改` } })
}
