/**
 * Who is asked. Each kind of assignee is one file: it finds people (`resolve`) and says what is wrong with a definition (`check`).
 * Adding one: the file, a line in `index.ts`, a branch in `definitions/assignee.schema.json`, a case in `examples.ts`.
 */
import type { Reason } from '../errors'
import type { ApprovalNode, Assignee, Flow } from '../generated/types'
import type { Directory } from './directory'

/** An approval that was given in this instance and still counts. */
export interface EarlierApproval { key: string; node: string; round: number; person: string }

/** What finding people may look at. */
export interface PeopleView {
  people: Directory
  initiator: string
  flow: Pick<Flow, 'name' | 'settings' | 'admins'>
  /** A field of the record as it is now. */
  value(field: string): unknown
  /** An expression's value for the record as it is now; throws when it cannot be evaluated. */
  evaluate(expression: string): unknown
  /** Whom the initiator, or somebody who decided earlier, chose for this node. */
  chosen: string[]
  /** Oldest first. */
  earlier: EarlierApproval[]
  /** The approval of somebody, given earlier on the same facts, that counts for this node: what it is called in the trail. */
  reusable(person: string): string | undefined
}

/** The part of a node that says who is asked. */
export type Asking = Pick<ApprovalNode, 'assignees' | 'multi' | 'onEmpty' | 'onSelf' | 'notSameAs'>

/** One place among those who decide. */
export interface Slot {
  assignee: string
  /** In whose place the assignee is asked, and by which out-of-office entry. */
  principal?: string
  proxy?: string
  /** Approved without asking: why, and the approval it repeats. */
  settled?: { reason: Reason; cites: string }
}

/** Tells what is wrong; `path` begins at the assignee. */
export interface PeopleChecks {
  role(name: string, path: string): void
  /** A field of the record that holds people. */
  peopleField(name: string, path: string): void
  /** An expression whose value is a person or a list of people. */
  peopleExpression(source: string, path: string): void
  /** Records of the entity have owners. */
  owned(path: string): void
}

export type AssigneeOf<K extends Assignee['kind']> = Extract<Assignee, { kind: K }>

export interface PersonKind<K extends Assignee['kind']> {
  /** It finds the same people for every record and whoever submitted: `resolve` looks at `people` only. */
  fixed?: true
  /** Ids of people, in the order in which they are asked; who left is dropped later. */
  resolve(assignee: AssigneeOf<K>, view: PeopleView): string[]
  check?(assignee: AssigneeOf<K>, checks: PeopleChecks): void
}

/** A value that may hold one person, several, or none. */
export const idsIn = (value: unknown): string[] => [value ?? []].flat().filter((id): id is string => typeof id === 'string' && id !== '')
