import type { ApprovalNode, Effect } from '../../generated/types'
import type { Directory, NodeExamples, TaskView } from '../node-type'

/** The people are those of the suite (test/support/company.ts): ann → mia → dan → bob; fay and fred are finance; ivy left; leo and lia manage each other. */
const node = (members: Partial<ApprovalNode>): ApprovalNode => ({ id: 'check', type: 'approval', assignees: [{ kind: 'manager' }], ...members })
const out = [{ id: 'on', source: 'check', target: 'end' }]
const approve: Effect = { id: 'yes', kind: 'setField', values: { status: "'approved'" } }
const reject: Effect = { id: 'no', kind: 'setField', values: { status: "'rejected'" } }
const effects = { onApproved: [approve], onRejected: [reject] }
const nobodyAtAll: Directory = {
  person: () => undefined, byUsername: () => undefined, byRole: () => [], byGroup: () => [], departmentNamed: () => undefined, byDepartment: () => [], departmentAt: () => undefined, deputyOf: () => undefined, admins: () => [],
}
const tasks = (...statuses: TaskView['status'][]): TaskView[] => statuses.map((status, i) => ({ key: `check.1.${i}`, assignee: `person${i}`, status }))

export const examples: NodeExamples<ApprovalNode>[] = [
  {
    node: node({}),
    cases: [
      { name: 'the manager of the one who submits', view: {}, on: 'enter', step: { kind: 'ask', assignees: ['mia'] } },
      { name: 'a manager who left is stepped over', view: { initiator: 'tom' }, on: 'enter', step: { kind: 'ask', assignees: ['dan'] } },
      { name: 'managers in a circle: each finds the other', view: { initiator: 'leo' }, on: 'enter', step: { kind: 'ask', assignees: ['lia'] } },
      { name: 'nobody above: the administrators, unless said otherwise', view: { initiator: 'bob' }, on: 'enter', step: { kind: 'ask', assignees: ['root'] } },
      { name: 'somebody unknown has no manager', view: { initiator: 'stranger' }, on: 'enter', step: { kind: 'ask', assignees: ['root'] } },
    ],
  },
  {
    node: node({ assignees: [{ kind: 'manager', levels: 2 }] }),
    cases: [
      { name: 'two levels up', view: {}, on: 'enter', step: { kind: 'ask', assignees: ['dan'] } },
      { name: 'those who left do not count as a level', view: { initiator: 'tom' }, on: 'enter', step: { kind: 'ask', assignees: ['bob'] } },
      { name: 'a circle of managers ends the walk', view: { initiator: 'leo' }, on: 'enter', step: { kind: 'ask', assignees: ['root'] } },
      { name: 'too few levels above', view: { initiator: 'dan' }, on: 'enter', step: { kind: 'ask', assignees: ['root'] } },
    ],
  },
  {
    node: node({ assignees: [{ kind: 'role', role: 'finance' }, { kind: 'user', user: 'fred' }, { kind: 'user', user: 'dan' }, { kind: 'user', user: 'ivy' }, { kind: 'user', user: 'stranger' }] }),
    cases: [{ name: 'everybody once, without those who left and those nobody knows', view: {}, on: 'enter', step: { kind: 'ask', assignees: ['fay', 'fred', 'dan'] } }],
  },
  {
    node: node({ assignees: [{ kind: 'role', role: 'auditor' }], onEmpty: { action: 'autoApprove' }, effects }),
    cases: [{ name: 'nobody active in the role: approved, saying why', view: { out }, on: 'enter', step: { kind: 'approved', effects: [approve], edges: out, automatic: { code: 'nobodyFound' } } }],
  },
  {
    node: node({ assignees: [{ kind: 'role', role: 'nobody' }], onEmpty: { action: 'autoReject' }, effects }),
    cases: [{ name: 'an empty role: rejected, saying why', view: { out }, on: 'enter', step: { kind: 'rejected', effects: [reject], automatic: { code: 'nobodyFound' } } }],
  },
  {
    node: node({ assignees: [{ kind: 'role', role: 'nobody' }], onEmpty: { action: 'admin' } }),
    cases: [
      { name: 'an empty role: the administrators', view: {}, on: 'enter', step: { kind: 'ask', assignees: ['root'] } },
      { name: 'no administrator either: an incident', view: { people: nobodyAtAll }, on: 'enter', step: { kind: 'incident' } },
    ],
  },
  {
    node: node({ assignees: [{ kind: 'role', role: 'finance' }], onSelf: 'allow' }),
    cases: [{ name: 'the submitter may decide', view: { initiator: 'fay' }, on: 'enter', step: { kind: 'ask', assignees: ['fay', 'fred'] } }],
  },
  {
    node: node({ assignees: [{ kind: 'role', role: 'finance' }], onSelf: 'skip', effects }),
    cases: [{ name: 'the submitter is left out', view: { initiator: 'fay' }, on: 'enter', step: { kind: 'ask', assignees: ['fred'] } }],
  },
  {
    node: node({ assignees: [{ kind: 'user', user: 'ann' }], onSelf: 'skip', effects }),
    cases: [{ name: 'the submitter alone would decide: approved, saying why', view: { out }, on: 'enter', step: { kind: 'approved', effects: [approve], edges: out, automatic: { code: 'submitterDecides' } } }],
  },
  {
    node: node({ assignees: [{ kind: 'user', user: 'ann' }], onSelf: 'manager' }),
    cases: [{ name: 'instead of the submitter the manager', view: {}, on: 'enter', step: { kind: 'ask', assignees: ['mia'] } }],
  },
  {
    node: node({ assignees: [{ kind: 'user', user: 'bob' }] }),
    cases: [{ name: 'the submitter has no manager: the administrators', view: { initiator: 'bob' }, on: 'enter', step: { kind: 'ask', assignees: ['root'] } }],
  },
  {
    node: node({ assignees: [{ kind: 'role', role: 'finance' }], onSelf: 'manager', multi: { mode: 'any' } }),
    cases: [{ name: 'where any one may decide, the others do', view: { initiator: 'fay' }, on: 'enter', step: { kind: 'ask', assignees: ['fred'] } }],
  },
  {
    node: node({ assignees: [{ kind: 'role', role: 'finance' }], onSelf: 'manager', multi: { mode: 'all' } }),
    cases: [{ name: 'where all must decide, the submitter’s place goes to the manager', view: { initiator: 'fay' }, on: 'enter', step: { kind: 'ask', assignees: ['fred', 'dan'] } }],
  },
  {
    node: node({ effects }),
    cases: [
      { name: 'any (unless said otherwise): one approval is enough', view: { out, tasks: tasks('approved', 'open') }, on: 'decided', step: { kind: 'approved', effects: [approve], edges: out } },
      { name: 'any: one rejection is enough', view: { tasks: tasks('open', 'rejected') }, on: 'decided', step: { kind: 'rejected', effects: [reject] } },
    ],
  },
  {
    node: node({ multi: { mode: 'all' }, effects }),
    cases: [
      { name: 'all: the others are still asked', view: { tasks: tasks('approved', 'open', 'approved') }, on: 'decided', step: { kind: 'wait' } },
      { name: 'all: the last approval decides', view: { out, tasks: tasks('approved', 'approved', 'approved') }, on: 'decided', step: { kind: 'approved', effects: [approve], edges: out } },
      { name: 'all: one rejection decides', view: { tasks: tasks('approved', 'rejected', 'open') }, on: 'decided', step: { kind: 'rejected', effects: [reject] } },
    ],
  },
]
