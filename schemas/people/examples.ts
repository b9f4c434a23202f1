/** Who is asked, by example; run by test/contract/people.test.ts in the company of test/support/company.ts. */
import type { Assignee, ApprovalNode, Flow } from '../generated/types'
import type { PeopleView } from './person-kind'

export interface PeopleExample {
  name: string
  assignees: Assignee[]
  view?: Partial<PeopleView>
  /** Out of office, and who stands in. */
  away?: Record<string, string>
  settings?: Flow['settings']
  node?: Partial<ApprovalNode>
  /** Slots in few words: `mia`, `dan for mia`, `fay settled by boss.1.0`; or `approved`, `rejected`, `stuck`. */
  asked: string[]
}

const earlier = (...people: string[]) => people.map((person, i) => ({ key: `n${i}.1.0`, node: `n${i}`, round: 1, person }))
const fields = (values: Record<string, unknown>): Partial<PeopleView> => ({ value: (field) => values[field] })
const finance: Assignee[] = [{ kind: 'role', role: 'finance' }]

/** Every kind of assignee at least once. */
export const kinds: PeopleExample[] = [
  { name: 'a person', assignees: [{ kind: 'user', user: 'fred' }], asked: ['fred'] },
  { name: 'everyone with a role', assignees: finance, asked: ['fay', 'fred'] },
  { name: 'a group, without those who left', assignees: [{ kind: 'group', group: 'bidders' }], asked: ['fay', 'ben'] },
  { name: 'a group nobody made: the administrators', assignees: [{ kind: 'group', group: 'none' }], asked: ['root'] },
  { name: 'a department', assignees: [{ kind: 'department', department: 'east' }], view: { initiator: 'bob' }, asked: ['ann', 'mia'] },
  { name: 'a department with those below it', assignees: [{ kind: 'department', department: 'sales', below: true }], view: { initiator: 'bob' }, asked: ['ann', 'mia', 'dan'] },
  { name: 'a department nobody knows', assignees: [{ kind: 'department', department: 'moon' }], asked: ['root'] },
  { name: 'the head of the department; one without a head is stepped over', assignees: [{ kind: 'departmentHead' }], asked: ['dan'] },
  { name: 'the head of the department above', assignees: [{ kind: 'departmentHead', levels: 2 }], asked: ['bob'] },
  { name: 'a head who left is stepped over', assignees: [{ kind: 'departmentHead' }], view: { initiator: 'fay' }, asked: ['bob'] },
  { name: 'too few departments above', assignees: [{ kind: 'departmentHead', levels: 3 }], asked: ['root'] },
  { name: 'the manager', assignees: [{ kind: 'manager' }], asked: ['mia'] },
  { name: 'two levels up', assignees: [{ kind: 'manager', levels: 2 }], asked: ['dan'] },
  { name: 'every manager above', assignees: [{ kind: 'managerChain' }], asked: ['mia', 'dan', 'bob'] },
  { name: 'every manager, so many levels', assignees: [{ kind: 'managerChain', levels: 2 }], asked: ['mia', 'dan'] },
  { name: 'every manager up to and with a role', assignees: [{ kind: 'managerChain', until: 'role:director' }], asked: ['mia', 'dan'] },
  { name: 'a circle of managers ends the chain', assignees: [{ kind: 'managerChain' }], view: { initiator: 'leo' }, asked: ['lia'] },
  { name: 'the submitter', assignees: [{ kind: 'initiator' }], node: { onSelf: 'allow' }, asked: ['ann'] },
  { name: 'whom the submitter chose', assignees: [{ kind: 'initiatorSelect' }], view: { chosen: ['fay', 'ivy'] }, asked: ['fay'] },
  { name: 'whom an approver chose', assignees: [{ kind: 'previousSelect' }], view: { chosen: ['fred'] }, asked: ['fred'] },
  { name: 'the person in a field', assignees: [{ kind: 'formUser', field: 'buyer' }], view: fields({ buyer: 'fay' }), asked: ['fay'] },
  { name: 'the people in a field', assignees: [{ kind: 'formUser', field: 'team' }], view: fields({ team: ['fay', 'fred'] }), asked: ['fay', 'fred'] },
  { name: 'an empty field', assignees: [{ kind: 'formUser', field: 'buyer' }], view: fields({ buyer: null }), asked: ['root'] },
  { name: 'the owner of the record', assignees: [{ kind: 'recordOwner' }], view: fields({ owner: 'ben' }), asked: ['ben'] },
  { name: 'an expression that names one', assignees: [{ kind: 'expression', expression: 'buyer' }], view: { evaluate: () => 'fay' }, asked: ['fay'] },
  { name: 'an expression that names several, or none', assignees: [{ kind: 'expression', expression: 'team' }], view: { evaluate: () => ['fay', null, 'fred'] }, asked: ['fay', 'fred'] },
  { name: 'several kinds: each person once, in their order', assignees: [{ kind: 'manager', levels: 2 }, ...finance, { kind: 'user', user: 'dan' }], asked: ['dan', 'fay', 'fred'] },
]

/** The order of rule 12: inactive, deputies, nobody, oneself, decided elsewhere, decided already. */
export const order: PeopleExample[] = [
  { name: 'a deputy is asked in the place of who is away', assignees: [{ kind: 'manager' }], away: { mia: 'dan' }, asked: ['dan for mia'] },
  { name: 'deputies of deputies', assignees: [{ kind: 'manager' }], away: { mia: 'dan', dan: 'bob' }, asked: ['bob for mia'] },
  { name: 'deputies in a circle: it stays where it was', assignees: [{ kind: 'manager' }], away: { mia: 'dan', dan: 'mia' }, asked: ['mia'] },
  { name: 'a circle further on: it stays where it was', assignees: [{ kind: 'manager' }], away: { mia: 'dan', dan: 'bob', bob: 'dan' }, asked: ['mia'] },
  { name: 'a deputy who left does not stand in', assignees: [{ kind: 'manager' }], away: { mia: 'ivy' }, asked: ['mia'] },
  { name: 'the last deputy who is still here', assignees: [{ kind: 'manager' }], away: { mia: 'dan', dan: 'ivy' }, asked: ['dan for mia'] },
  { name: 'one person for two places is asked once', assignees: finance, away: { fred: 'fay' }, asked: ['fay'] },
  { name: 'who left is dropped before deputies are looked for', assignees: [{ kind: 'user', user: 'ivy' }], away: { ivy: 'fay' }, asked: ['root'] },
  { name: 'nobody: other people', assignees: [{ kind: 'user', user: 'ivy' }], node: { onEmpty: { action: 'assign', assignees: finance } }, asked: ['fay', 'fred'] },
  { name: 'nobody, and nobody of the others: the administrators', assignees: [{ kind: 'user', user: 'ivy' }], node: { onEmpty: { action: 'assign', assignees: [{ kind: 'user', user: 'ivy' }] } }, asked: ['root'] },
  { name: 'nobody: the administrators of the flow', assignees: [{ kind: 'user', user: 'ivy' }], view: { flow: { name: 'flow', admins: finance } }, asked: ['fay', 'fred'] },
  { name: 'nobody: approved', assignees: [{ kind: 'user', user: 'ivy' }], node: { onEmpty: { action: 'autoApprove' } }, asked: ['approved'] },
  { name: 'nobody: rejected', assignees: [{ kind: 'user', user: 'ivy' }], node: { onEmpty: { action: 'autoReject' } }, asked: ['rejected'] },
  { name: 'nobody: it stands still', assignees: [{ kind: 'user', user: 'ivy' }], node: { onEmpty: { action: 'suspend' } }, asked: ['stuck'] },
  { name: 'the submitter’s place goes to the head of the department', assignees: [{ kind: 'initiator' }], node: { onSelf: 'departmentHead' }, asked: ['dan'] },
  { name: 'a head who submits is not their own head', assignees: [{ kind: 'departmentHead' }], view: { initiator: 'dan' }, node: { onSelf: 'departmentHead' }, asked: ['bob'] },
  { name: 'nobody decides for themselves by standing in', assignees: [{ kind: 'user', user: 'fay' }], away: { fay: 'ann' }, asked: ['mia'] },
  { name: 'nor by having somebody stand in', assignees: [{ kind: 'user', user: 'ann' }], away: { ann: 'ben' }, asked: ['mia'] },
  { name: 'the manager instead may be away, but the submitter does not stand in', assignees: [{ kind: 'user', user: 'ann' }], away: { mia: 'ann' }, asked: ['mia'] },
  { name: 'who claims may be one of the others', assignees: finance, view: { initiator: 'fay' }, node: { multi: { mode: 'claim' } }, asked: ['fred'] },
  { name: 'who decided there is not asked here', assignees: finance, view: { earlier: earlier('fay') }, node: { notSameAs: ['n0'] }, asked: ['fred'] },
  { name: 'nor may they stand in here', assignees: finance, view: { earlier: earlier('fay') }, away: { fred: 'fay' }, node: { notSameAs: ['n0'] }, asked: ['root'] },
  { name: 'everybody decided there: the administrators', assignees: finance, view: { earlier: earlier('fay', 'fred') }, node: { notSameAs: ['n0', 'n1'] }, asked: ['root'] },
  { name: 'approved before: asked again unless said otherwise', assignees: finance, view: { earlier: earlier('fay') }, asked: ['fay', 'fred'] },
  { name: 'once is enough', assignees: finance, view: { earlier: earlier('fay', 'dan') }, settings: { duplicateApprover: 'firstOnly' }, asked: ['fay settled by n0.1.0', 'fred'] },
  { name: 'not twice in a row', assignees: finance, view: { earlier: earlier('dan', 'fred') }, settings: { duplicateApprover: 'consecutive' }, asked: ['fay', 'fred settled by n1.1.0'] },
  { name: 'somebody came between', assignees: finance, view: { earlier: earlier('fred', 'dan') }, settings: { duplicateApprover: 'consecutive' }, asked: ['fay', 'fred'] },
  { name: 'approved on the same facts before', assignees: finance, view: { reusable: (person) => (person === 'fay' ? 'old.boss.1.0' : undefined) }, asked: ['fay settled by old.boss.1.0', 'fred'] },
]
