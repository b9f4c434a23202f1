/** Operations carried out on a document. */
import { identityOf, isObject } from '../changes/diff'
import { stepsOf, type Operation } from './operations'

/** What is returned where an operation finds nothing to work on. */
export const gone = Symbol('gone')

/** The document after the operation, whatever is there now; `gone` when nothing it could work on is there. */
export function applyOperation(document: unknown, operation: Operation): unknown {
  const steps = stepsOf(operation.target)
  if (operation.op === 'set') return changedAt(document, steps, () => operation.value)
  const id = steps.at(-1)!
  return changedAt(document, steps.slice(0, -1), (list) => {
    if (Array.isArray(list)) return onList(list, id, operation)
    return list === undefined && operation.op === 'addItem' ? [operation.item] : gone
  })
}

/** All in turn; those that found nothing to work on are passed over. */
export const applyOperations = (document: unknown, operations: readonly Operation[]): unknown =>
  operations.reduce((done, operation) => { const next = applyOperation(done, operation); return next === gone ? done : next }, document)

function onList(list: unknown[], id: string, operation: Exclude<Operation, { op: 'set' }>): unknown {
  const known = list.find((item) => identityOf(item) === id)
  const others = list.filter((item) => item !== known)
  if (operation.op === 'removeItem') return others
  if (operation.op === 'addItem') return known === undefined ? inserted(others, operation.item, operation.after) : list.map((item) => (item === known ? operation.item : item))
  return known === undefined ? gone : inserted(others, known, operation.after)
}

/** Behind the item named; at the end when that one is not there. */
function inserted(list: unknown[], item: unknown, after: string | null): unknown[] {
  const at = after === null ? 0 : list.findIndex((other) => identityOf(other) === after) + 1
  return list.toSpliced(after !== null && at === 0 ? list.length : at, 0, item)
}

function changedAt(node: unknown, [step, ...rest]: string[], change: (value: unknown) => unknown): unknown {
  if (step === undefined) return change(node)
  const child = childOf(node, step)
  if (child === gone || (child === undefined && rest.length > 0)) return gone
  const next = changedAt(child, rest, change)
  return next === gone ? gone : withChild(node as object, step, next)
}

/** A member that is not there is undefined, an item that is not there is `gone`. */
function childOf(node: unknown, step: string): unknown {
  if (Array.isArray(node)) return node.find((item) => identityOf(item) === step) ?? gone
  return isObject(node) ? node[step] : gone
}

function withChild(node: object, step: string, value: unknown): unknown {
  if (Array.isArray(node)) return node.map((item: unknown) => (identityOf(item) === step ? value : item))
  const { [step]: _, ...others } = node as { [name: string]: unknown }
  return value === undefined ? others : { ...node, [step]: value }
}

/** What is at a target; undefined when only the last step is missing, `gone` when more is. */
export function valueAt(document: unknown, target: string): unknown {
  const steps = stepsOf(target)
  let node = document
  for (const [i, step] of steps.entries()) {
    node = childOf(node, step)
    if (i < steps.length - 1 && node === undefined) return gone
    if (node === gone) return i === steps.length - 1 ? undefined : gone
  }
  return node
}

/** JSON pointer to the target, as far as it is there. */
export function pointerOf(document: unknown, target: string): string {
  let [node, pointer] = [document, '']
  for (const step of stepsOf(target)) {
    const next = childOf(node, step)
    if (next === undefined || next === gone) return pointer
    pointer += `/${Array.isArray(node) ? node.indexOf(next) : step.replaceAll('~', '~0').replaceAll('/', '~1')}`
    node = next
  }
  return pointer
}
