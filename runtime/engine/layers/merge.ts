/**
 * A customization carried over to a newer version of what it customizes, in three ways: changed by them only is taken, by you only is
 * kept, by both alike is that, by both differently is a conflict; what you changed of something they took away is an orphan.
 */
import { identityOf, same } from '../changes/diff'
import { applyOperation, gone, valueAt } from './apply'
import { hashOfValue, operationsBetween, setting, stepsOf, type Operation } from './operations'

/** Either operation settles it, carried out on `document`, which keeps yours until then. */
export interface Conflict { target: string; base?: unknown; yours: Operation; theirs: Operation }

/** `document` is undefined when there is to be none. */
export interface Merged<D> { document: D | undefined; conflicts: Conflict[]; orphans: Operation[] }

/** `base`: what both began with; undefined stands for a document that is not there. */
export function mergeDocument<D>(base: D | undefined, theirs: D | undefined, yours: D | undefined): Merged<D> {
  if (base !== undefined && theirs !== undefined && yours !== undefined) return mergeOperations(base, theirs, operationsBetween(base, yours))
  const settled = (document: D | undefined): Merged<D> => ({ document, conflicts: [], orphans: [] })
  if (same(base, yours) || same(theirs, yours)) return settled(theirs)
  if (same(base, theirs)) return settled(yours)
  return { document: yours, orphans: [], conflicts: [{ target: '', base, yours: setting('', base, yours), theirs: setting('', base, theirs) }] }
}

export function mergeOperations<D>(base: D, theirs: D, operations: readonly Operation[]): Merged<D> {
  const moves = new Map(operationsBetween(base, theirs).filter((o) => o.op === 'moveItem').map((o) => [o.target, o]))
  const merged: Merged<D> = { document: theirs, conflicts: [], orphans: [] }
  for (const operation of operations) {
    const verdict = judge(theirs, operation, moves)
    const next = verdict === 'done' ? merged.document : applyOperation(merged.document, operation)
    if (verdict === 'orphan' || next === gone) merged.orphans.push(operation)
    else merged.document = next as D
    if (typeof verdict === 'object') merged.conflicts.push({ target: operation.target, base: known(valueAt(base, operation.target)), yours: operation, theirs: verdict })
  }
  return merged
}

const known = (value: unknown) => (value === gone ? undefined : value)

/** done: they did the same. An operation: what they did instead. */
type Verdict = 'free' | 'done' | 'orphan' | Operation
type Judge<O extends Operation['op']> = (there: unknown, operation: Extract<Operation, { op: O }>, theirs: unknown, moves: Map<string, Operation>) => Verdict

const judges: { [O in Operation['op']]: Judge<O> } = {
  set: (there, o) => same(there, o.value) ? 'done' : hashOfValue(there) === o.hash ? 'free' : { ...setting(o.target, undefined, there), hash: o.hash },
  addItem: (there, o, theirs) => there === undefined ? 'free' : same(there, o.item) ? 'done' : standing(o.target, there, theirs),
  removeItem: (there, o, theirs) => there === undefined ? 'done' : hashOfValue(there) === o.hash ? 'free' : standing(o.target, there, theirs),
  moveItem: (there, o, _theirs, moves) => {
    const move = moves.get(o.target) as typeof o | undefined
    return there === undefined ? 'orphan' : !move ? 'free' : move.after === o.after ? 'done' : move
  },
}

function judge(theirs: unknown, operation: Operation, moves: Map<string, Operation>): Verdict {
  const there = valueAt(theirs, operation.target)
  if (there === gone) return beginsList(theirs, operation) ? 'free' : operation.op === 'removeItem' ? 'done' : 'orphan'
  return (judges[operation.op] as Judge<Operation['op']>)(there, operation as never, theirs, moves)
}

/** The first item of a list that is not there, in something that is. */
const beginsList = (theirs: unknown, operation: Operation) => operation.op === 'addItem' && applyOperation(theirs, operation) !== gone

/** An item as it stands in a document, as the operation that puts it there. */
function standing(target: string, item: unknown, document: unknown): Operation {
  const list = valueAt(document, target.slice(0, target.lastIndexOf('/'))) as unknown[]
  const before = list[list.findIndex((other) => identityOf(other) === stepsOf(target).at(-1)) - 1]
  return { op: 'addItem', target, hash: hashOfValue(undefined), item, after: (before !== undefined && identityOf(before)) || null }
}
