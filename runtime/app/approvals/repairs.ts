import type { Label } from '../../../schemas/generated/types'
import type { FlowInstance, Id } from '../api'
import type { Repair } from '../api/flows'
import type { useLabel } from '../i18n'

/** An approval, and what it can be repaired with. */
export interface Repairable {
  id: Id; title: string
  tokens: { id: number; node: string; incident?: string }[]
  /** Open ones. */
  tasks: { key: string; node: string; assignee: Id }[]
  nodes: { id: string; label?: Label }[]
}

const repairs: readonly Repair[] = ['retry', 'reassign', 'jump', 'terminate']
/** What there must be for it. */
const possible: Partial<Record<Repair, (approval: Repairable) => boolean>> = { retry: (a) => a.tokens.some((t) => t.incident !== undefined), reassign: (a) => a.tasks.length > 0, jump: (a) => a.tokens.length > 0 }

export const repairsOf = (approval: Repairable): Repair[] => repairs.filter((how) => possible[how]?.(approval) ?? true)

export const repairable = ({ id, title, tokens, tasks, definition: { nodes } }: FlowInstance): Repairable => ({ id, title, tokens, tasks: tasks.filter((t) => t.status === 'open'), nodes })

export const nodeName = (nodes: Repairable['nodes'], id: string, read: ReturnType<typeof useLabel>) => read(nodes.find((n) => n.id === id)?.label) || id
