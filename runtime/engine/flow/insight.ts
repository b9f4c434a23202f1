/** What past tasks say of a flow's nodes: how long they take, who decides, what never rejects. Times are milliseconds. */

/** A task as it was; `due`: when it should have been decided. */
export interface PastTask { node: string; version: number; instance: string; decidedBy: string | null; status: string; createdAt: string; decidedAt: string | null; due?: string | undefined }

export interface Turnaround { median: number; p90: number; /** In working time. */ medianWork: number; p90Work: number }
export interface Decided {
  decisions: number
  rejected: number
  returned: number
  /** Of the decisions and of what is open. */
  overdue: number
  turnaround: Turnaround | null
}
export interface NodeStats extends Decided { instances: number }
export interface NodeInsight extends NodeStats {
  node: string
  versions: (NodeStats & { version: number })[]
  /** Most decisions first. */
  people: (Decided & { person: string })[]
}

/** `worked` measures working time; `now` is when open tasks are looked at. */
export interface Measures { worked: (from: string, to: string) => number; now: string }

/** By node, in the order in which the tasks name them. Tasks that nobody decided count where they are overdue only. */
export function insightOf(tasks: readonly PastTask[], measures: Measures): NodeInsight[] {
  return [...grouped(tasks, (t) => t.node)].map(([node, own]) => ({
    node,
    ...statsOf(own, measures),
    versions: [...grouped(own, (t) => t.version)].map(([version, some]) => ({ version, ...statsOf(some, measures) })).sort((a, b) => b.version - a.version),
    people: [...grouped(own.filter((t) => t.decidedBy !== null), (t) => t.decidedBy!)].map(([person, some]) => ({ person, ...decidedOf(some, measures) })).sort((a, b) => b.decisions - a.decisions),
  }))
}

const statsOf = (tasks: PastTask[], measures: Measures): NodeStats => ({ instances: new Set(tasks.map((t) => t.instance)).size, ...decidedOf(tasks, measures) })

function decidedOf(tasks: PastTask[], { worked, now }: Measures): Decided {
  const decided = tasks.filter((t) => t.decidedAt !== null)
  const late = tasks.filter((t) => t.due !== undefined && (t.decidedAt ?? (t.status === 'open' ? now : '')) > t.due)
  const count = (status: string) => decided.filter((t) => t.status === status).length
  return { decisions: decided.length, rejected: count('rejected'), returned: count('returned'), overdue: late.length, turnaround: turnaroundOf(decided, worked) }
}

function turnaroundOf(decided: PastTask[], worked: Measures['worked']): Turnaround | null {
  if (decided.length === 0) return null
  const spans = decided.map((t) => Date.parse(t.decidedAt!) - Date.parse(t.createdAt)).sort((a, b) => a - b)
  const work = decided.map((t) => worked(t.createdAt, t.decidedAt!)).sort((a, b) => a - b)
  return { median: quantile(spans, 0.5), p90: quantile(spans, 0.9), medianWork: quantile(work, 0.5), p90Work: quantile(work, 0.9) }
}

/** The smallest value that at least this share of all does not exceed. */
const quantile = (sorted: number[], share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) { const key = keyOf(item); const group = groups.get(key); if (group) group.push(item); else groups.set(key, [item]) }
  return groups
}
