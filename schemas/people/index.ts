/** Who is asked: kinds of assignees, and how they are found when a node is entered. */
export { checkAssignee, expressionsIn, findPeople, mayBeAmong } from './find'
export { personKinds } from './kinds'
export { resolvePeople, standInFor, type Found } from './resolve'
export type { Directory } from './directory'
export { idsIn, type Asking, type EarlierApproval, type PeopleChecks, type PeopleView, type Slot } from './person-kind'
