/**
 * Who decides at a node (flows.md, rule 12): those named, without those who left → their deputies → nobody left? → the initiator among
 * them? → who decided elsewhere → who approved already. People are found when a node is entered, never earlier.
 */
import type { Reason } from '../errors'
import { findPeople, working } from './find'
import type { Asking, PeopleView, Slot } from './person-kind'
import { headsAbove, managersAbove } from './walks'

export type Found =
  | { kind: 'people'; slots: Slot[] }
  /** Nobody needs to be asked. */
  | { kind: 'automatic'; decision: 'approved' | 'rejected'; reason: Reason }
  /** An administrator has to see to it. */
  | { kind: 'stuck'; reason: Reason }

const nobodyFound: Reason = { code: 'nobodyFound' }
const submitterDecides: Reason = { code: 'submitterDecides' }

export function resolvePeople(asking: Asking, view: PeopleView): Found {
  const named = standIns(findPeople(asking.assignees, view), view)
  if (named.length === 0) return nobody(asking, view)
  const others = withoutInitiator(asking, named, view)
  if (others.length === 0 && asking.onSelf === 'skip') return { kind: 'automatic', decision: 'approved', reason: submitterDecides }
  const allowed = others.filter((slot) => !decidedAt(asking.notSameAs ?? [], slot, view))
  return allowed.length === 0 ? nobody(asking, view) : { kind: 'people', slots: allowed.map((slot) => settle(slot, view)) }
}

function nobody({ onEmpty }: Asking, view: PeopleView): Found {
  switch (onEmpty?.action ?? 'admin') {
    case 'autoApprove': return { kind: 'automatic', decision: 'approved', reason: nobodyFound }
    case 'autoReject': return { kind: 'automatic', decision: 'rejected', reason: nobodyFound }
    case 'assign': return ask(findPeople(onEmpty?.assignees ?? [], view), view)
    case 'admin': return ask([], view)
    case 'suspend': return { kind: 'stuck', reason: nobodyFound }
  }
}

/** The last resort are the flow's administrators, then those of the system. */
function ask(ids: string[], view: PeopleView): Found {
  const admins = () => findPeople(view.flow.admins ?? [], view)
  const people = [ids, admins, () => working(view.people.admins(), view)].reduce<string[]>((found, next) => (found.length > 0 ? found : typeof next === 'function' ? next() : next), [])
  return people.length > 0 ? { kind: 'people', slots: standIns(people, view) } : { kind: 'stuck', reason: nobodyFound }
}

/** Each place once, even where one person stands in for several. */
function standIns(ids: string[], view: PeopleView): Slot[] {
  const slots = ids.map((id) => standInFor(id, view))
  return slots.filter((slot, i) => slots.findIndex((other) => other.assignee === slot.assignee) === i)
}

/** Follows deputies, each person once; a circle, or a deputy who left, leaves it with the last who can be asked. */
export function standInFor(id: string, { people, flow }: Pick<PeopleView, 'people' | 'flow'>, except?: string): Slot {
  const seen = new Set([id])
  const slot: Slot = { assignee: id }
  for (let next = people.deputyOf(id, flow.name); next; next = people.deputyOf(next.deputy, flow.name)) {
    if (seen.has(next.deputy)) return { assignee: id }
    if (next.deputy === except || !people.person(next.deputy)?.active) return slot
    seen.add(next.deputy)
    Object.assign(slot, { assignee: next.deputy, principal: id, proxy: next.entry })
  }
  return slot
}

const isInitiator = ({ initiator }: PeopleView) => (slot: Slot) => slot.assignee === initiator || slot.principal === initiator

function withoutInitiator(asking: Asking, slots: Slot[], view: PeopleView): Slot[] {
  const own = isInitiator(view)
  if (asking.onSelf === 'allow' || !slots.some(own)) return slots
  const others = slots.filter((slot) => !own(slot))
  // Where any one may decide, the others do; otherwise the submitter's place goes to somebody else.
  if (asking.onSelf === 'skip' || (anyOne.has(asking.multi?.mode ?? 'any') && others.length > 0)) return others
  const instead = superior(asking, view)
  return instead === undefined || others.some((slot) => slot.assignee === instead.assignee) ? others : [...others, instead]
}

const anyOne = new Set(['any', 'claim'])

function superior({ onSelf }: Asking, view: PeopleView): Slot | undefined {
  const walk = onSelf === 'departmentHead' ? headsAbove(view.initiator, view.people) : managersAbove(view.initiator, view.people)
  for (const id of walk) if (id !== view.initiator) return standInFor(id, view, view.initiator)
  return undefined
}

const decidedAt = (nodes: string[], { assignee, principal }: Slot, { earlier }: PeopleView) =>
  earlier.some(({ node, person }) => nodes.includes(node) && (person === assignee || person === principal))

function settle(slot: Slot, view: PeopleView): Slot {
  const repeated = repeats(slot.assignee, view)
  if (repeated !== undefined) return { ...slot, settled: { reason: { code: 'approvedBefore' }, cites: repeated } }
  const reused = view.reusable(slot.assignee)
  return reused === undefined ? slot : { ...slot, settled: { reason: { code: 'approvedUnchanged' }, cites: reused } }
}

function repeats(person: string, { earlier, flow }: PeopleView): string | undefined {
  const last = earlier.at(-1)
  const counting = {
    none: [], firstOnly: earlier,
    consecutive: earlier.filter((a) => a.node === last?.node && a.round === last.round),
  }[flow.settings?.duplicateApprover ?? 'none']
  return counting.find((approval) => approval.person === person)?.key
}
