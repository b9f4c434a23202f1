/** Whom a step of an approval is told, and as what. */
import { isLive, type FlowTask } from '../../../runtime/engine'
import type { NoticeKind } from '../../../schemas/notices'
import { touch } from '../../notices/changes'
import { notify } from '../../notices/notify'
import { taskId } from '../instances'
import type { CommitRun } from './committer'

/** How a task came to its assignee decides what they are told; by the flow unless listed. */
const arrivals: { [V in NonNullable<FlowTask['via']>]?: NoticeKind } = { transfer: 'transferred', delegate: 'transferred', reassign: 'transferred', escalate: 'escalated' }

/** Says that there is a task; what is opened again is not said twice. */
export async function tellTask(run: CommitRun, { key, node, assignee, via, by }: Pick<FlowTask, 'key' | 'node' | 'assignee' | 'via' | 'by'>): Promise<void> {
  const kind = run.returnedTo?.has(node) ? 'returned' : ((via && arrivals[via]) ?? 'taskOpened')
  await tell(run, key, assignee, kind, { by: by ?? run.ctx.me.id })
}

export async function tell({ ctx, instance }: CommitRun, key: string, assignee: string, kind: NoticeKind, params = {}): Promise<void> {
  const task = taskId(instance, key)
  await notify(ctx, { id: `${task}.${kind}`, to: [assignee], kind, params, link: { entity: instance.entity, record: instance.record, instance: instance.id, task } })
  await touch(ctx, assignee, 'tasks')
}

/** The initiator learns of each decision, of the last by how it ended; advice is no decision. */
export async function tellDecision({ ctx, instance }: CommitRun, key: string, kind: 'approved' | 'rejected'): Promise<void> {
  const task = instance.state.tasks.find((t) => t.key === key)
  if (!isLive(instance) || instance.initiator === ctx.me.id || task?.via === 'delegate') return
  await notify(ctx, { id: `${taskId(instance, key)}.${kind}`, to: [instance.initiator], kind, params: { by: ctx.me.id }, link: { entity: instance.entity, record: instance.record, instance: instance.id } })
}
