/** What a new definition of a kind begins with: the least that can be published. */
import type { Action, Calendar, Definition, Dictionary, Entity, Flow, Form, Label, Pipeline, Role, RuleTable, Sharing, Template, View } from '../../schemas/generated/types'
import type { Change } from '../editor/command'
import { idOf, ofKind, type DocumentId, type Documents, type Kind } from '../editor/documents'

export interface Answers {
  name: string
  label: Label
  /** The entity it belongs to, for kinds that belong to one. */
  entity?: string
  /** Roles that may use a new entity. */
  roles?: readonly string[]
}

interface Blank {
  /** Which entities it can belong to; absent: to none. */
  suits?: (entity: Entity) => boolean
  /** People need rights on it and a way to it. */
  needsRights?: boolean
  /** `of` is the entity it belongs to. */
  make: (answers: Answers & { entity: string }, of: Entity | undefined) => Definition[]
}

const blanks: Partial<Record<Kind, Blank>> = {
  entity: {
    needsRights: true,
    make: ({ name, label }) => [{
      kind: 'entity', schemaVersion: 1, name, label, titleField: 'name', ownership: 'user',
      fields: [{ name: 'name', type: 'text', label: { en: 'Name', zh: '名称' }, required: true, searchable: true }],
    } satisfies Entity, {
      kind: 'view', schemaVersion: 1, name: `${name}Table`, entity: name, label: { en: 'All', zh: '全部' }, type: 'table', order: 1, columns: [{ field: 'name' }, { field: 'owner' }, { field: 'updatedAt' }],
    } satisfies View],
  },
  pipeline: {
    suits: (entity) => entity.pipeline !== undefined,
    make: ({ name, label, entity }) => [{
      kind: 'pipeline', schemaVersion: 1, name, entity, label,
      stages: [
        { id: 'x_first', label: { en: 'First stage', zh: '第一阶段' }, category: 'open', probability: 10 },
        { id: 'x_won', label: { en: 'Won', zh: '成功关闭' }, category: 'won', probability: 100 },
        { id: 'x_lost', label: { en: 'Lost', zh: '失败关闭' }, category: 'lost', probability: 0 },
      ],
    } satisfies Pipeline],
  },
  flow: {
    suits: () => true,
    make: ({ name, label, entity }) => [{
      kind: 'flow', schemaVersion: 1, name, entity, label,
      nodes: [
        { id: 'start', type: 'start', label: { en: 'Submit', zh: '提交' } },
        { id: 'x_approval1', type: 'approval', label: { en: 'Manager', zh: '直属上级' }, assignees: [{ kind: 'manager', levels: 1 }] },
        { id: 'end', type: 'end', label: { en: 'Approved', zh: '审批通过' }, result: 'approved' },
      ],
      edges: [{ id: 'x_e1', source: 'start', target: 'x_approval1' }, { id: 'x_e2', source: 'x_approval1', target: 'end' }],
    } satisfies Flow],
  },
  form: {
    suits: () => true,
    make: ({ name, label, entity }, of) => [{
      kind: 'form', schemaVersion: 1, name, entity, label, purpose: 'edit',
      tabs: [{ id: 'main', label, sections: [{ id: 'base', items: (of?.fields ?? []).filter((f) => !f.hidden).map((f) => ({ field: f.name })) }] }],
    } satisfies Form],
  },
  view: {
    suits: () => true,
    make: ({ name, label, entity }, of) => [{ kind: 'view', schemaVersion: 1, name, entity, label, type: 'table', columns: [{ field: of?.titleField ?? 'id' }] } satisfies View],
  },
  action: {
    suits: () => true,
    make: ({ name, label, entity }, of) => [{
      kind: 'action', schemaVersion: 1, name, entity, label, steps: [{ id: 'x_step1', kind: 'setField', values: { [of?.titleField ?? 'name']: of?.titleField ?? 'name' } }],
    } satisfies Action],
  },
  dictionary: { make: ({ name, label }) => [{ kind: 'dictionary', schemaVersion: 1, name, label, items: [{ value: 'x_a', label: { en: 'Entry A', zh: '第一项' } }] } satisfies Dictionary] },
  calendar: {
    make: ({ name, label }) => [{ kind: 'calendar', schemaVersion: 1, name, label, timeZone: 'Asia/Shanghai', week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '12:00'], ['13:30', '18:00']]])) } satisfies Calendar],
  },
  ruleTable: {
    make: ({ name, label }) => [{
      kind: 'ruleTable', schemaVersion: 1, name, label,
      inputs: [{ name: 'amount', label: { en: 'Amount', zh: '金额' }, type: 'decimal' }],
      outputs: [{ name: 'rate', label: { en: 'Rate', zh: '比率' }, type: 'decimal' }],
      versions: [{ id: 'x_v1', validFrom: `${new Date().getFullYear() + 1}-01-01`, rows: [{ id: 'x_row1', when: {}, then: { rate: '0' } }] }],
    } satisfies RuleTable],
  },
  sharing: {
    suits: () => true,
    make: ({ name, label, entity }) => [{ kind: 'sharing', schemaVersion: 1, name, label, entity, with: { roles: [] }, verbs: ['read'] } satisfies Sharing],
  },
  role: { make: ({ name, label }) => [{ kind: 'role', schemaVersion: 1, name, label, grants: [] } satisfies Role] },
}

export const blankKinds = Object.keys(blanks) as Kind[]
export const needsRights = (kind: Kind): boolean => blanks[kind]?.needsRights ?? false

/** Entities a new definition of a kind can belong to; undefined when it belongs to none. */
export function suitableEntities(kind: Kind, documents: Documents): Entity[] | undefined {
  const suits = blanks[kind]?.suits
  return suits && ofKind(documents, 'entity').filter(suits)
}

/** All that one answer creates and changes: the definition, and for an entity its rights and its place in the menu. */
export function creation(kind: Kind, answers: Answers, documents: Documents): { id: DocumentId; changes: Record<DocumentId, Change> } {
  const of = ofKind(documents, 'entity').find((d) => d.name === answers.entity)
  const made = blanks[kind]?.make({ entity: '', ...answers }, of) ?? []
  const changes: Record<DocumentId, Change> = Object.fromEntries(made.map((d) => [idOf(d), () => d]))
  return { id: idOf(made[0]!), changes: needsRights(kind) ? { ...changes, ...madeReachable(answers, documents) } : changes }
}

function madeReachable({ name, roles = [] }: Answers, documents: Documents): Record<DocumentId, Change> {
  const granted = ofKind(documents, 'role').filter((role) => roles.includes(role.name))
  const template = ofKind(documents, 'template')[0]
  return Object.fromEntries([
    ...granted.map((role): [DocumentId, Change] => [idOf(role), (d) => withGrant(d as Role, name)]),
    ...(template ? [[idOf(template), (d: Definition | undefined) => inMenu(d as Template, name)] as [DocumentId, Change]] : []),
  ])
}

const withGrant = (role: Role, entity: string): Role =>
  ({ ...role, grants: [...role.grants, { entity, verbs: ['create', 'read', 'update', 'delete'], scope: 'all' }] })

function inMenu(template: Template, entity: string): Template {
  const last = template.menu.length - 1
  return { ...template, menu: template.menu.map((group, i) => (i === last ? { ...group, entities: [...group.entities, entity] } : group)) }
}
