/** Acting on the use-cases from inside the server: for the demonstration company, imports and tests. The same rights and rules apply. */
import type { WireRecord } from '../../runtime/engine'
import type { ModelHolder } from '../model/model'
import { runAction, type ActionResult } from '../use-cases/run-action'
import { checkItem } from '../use-cases/check-item'
import { changeStage } from '../use-cases/change-stage'
import { asEngine, contextFor, systemPerson, type Context, type Origin, type Services } from '../use-cases/context'
import { createRecord } from '../use-cases/create-record'
import { decideTask } from '../use-cases/decide-task'
import { getRecord } from '../use-cases/get-record'
import { listRecords, type ListQuery, type ListResult } from '../use-cases/list-records'
import { listTasks, type TaskItem } from '../use-cases/list-tasks'
import { setPassword } from '../use-cases/sessions'
import { submitFlow } from '../use-cases/submit-flow'
import { updateRecord } from '../use-cases/update-record'

export interface Actor {
  create(entity: string, input: WireRecord): Promise<WireRecord>
  update(entity: string, id: string, patch: WireRecord): Promise<WireRecord>
  get(entity: string, id: string): Promise<WireRecord>
  list(entity: string, query?: ListQuery): Promise<ListResult>
  action(entity: string, id: string, name: string, input?: WireRecord): Promise<ActionResult>
  stage(entity: string, id: string, to: string, options?: { fields?: WireRecord; comment?: string }): Promise<WireRecord>
  /** Ticks an item of the present stage's checklist off. */
  check(entity: string, id: string, item: string): Promise<void>
  /** Starts an approval; returns the instance's id. */
  submit(entity: string, id: string, flow: string, comment?: string): Promise<string>
  /** My open tasks. */
  tasks(): Promise<TaskItem[]>
  decide(task: string, decision: 'approve' | 'reject', comment?: string): Promise<void>
}

export interface Stage {
  /** The engine itself: it may do everything and owns nothing. */
  engine: Actor
  /** Somebody with an account. */
  as(username: string): Actor
  setPassword(user: string, password: string): Promise<void>
}

export function stageOn(services: Services, holder: ModelHolder, path: Origin = 'system'): Stage {
  const person = (username: string) => async (): Promise<Context> => {
    const model = await holder.current()
    const me = model.directory.byName(username)
    if (!me) throw new Error(`there is no user ${username}`)
    return contextFor(services, model, me, me.language, path)
  }
  return {
    engine: actor(async () => asEngine(contextFor(services, await holder.current(), systemPerson, 'en', path), path)),
    as: (username) => actor(person(username)),
    setPassword: (user, password) => setPassword(services, user, password),
  }
}

function actor(context: () => Promise<Context>): Actor {
  return {
    create: async (entity, input) => createRecord(await context(), entity, input),
    update: async (entity, id, patch) => updateRecord(await context(), entity, id, patch),
    get: async (entity, id) => getRecord(await context(), entity, id),
    list: async (entity, query = {}) => listRecords(await context(), entity, query),
    action: async (entity, id, name, input = {}) => runAction(await context(), entity, id, name, input),
    stage: async (entity, id, to, { fields, comment } = {}) => (await changeStage(await context(), entity, id, { to, fields, comment })).record,
    check: async (entity, id, item) => { await checkItem(await context(), entity, id, item, true) },
    submit: async (entity, id, flow, comment) => (await submitFlow(await context(), entity, id, flow, comment ?? null)).id,
    tasks: async () => (await listTasks(await context(), 'todo', { limit: 200 })).items as TaskItem[],
    decide: async (task, decision, comment) => { await decideTask(await context(), task, { decision, comment }) },
  }
}
