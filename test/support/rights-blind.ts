/** Commands on what a person may not see, or has no right to: each answers as it would for what never was. */
import type { CompiledEntity, CompiledField, WireRecord } from '../../runtime/engine'
import type { ProblemBody } from './client'
import { fieldsOf, ids, list, people, sampled, seenBy, status, type Kept, type Viewer } from './rights-world'

const never = '00000000-0000-7000-8000-000000000000'
const another = '00000000-0000-7000-8000-000000000001'
type Sent = [method: string, path: string, body?: unknown]

const send = (v: Viewer, [method, path, body]: Sent) => v.client.request<ProblemBody>(method, path, body === undefined ? {} : { body })
const said = async (v: Viewer, sent: Sent) => { const { status: code, body } = await send(v, sent); return { path: sent.slice(0, 2).join(' '), code, problem: body?.code, detail: body?.detail, current: body?.current } }

/** One record out of sight in the place of one that never was: nothing may tell them apart. */
async function sameAsNever(v: Viewer, id: string, sent: (id: string) => Sent) {
  const [real, none] = [await said(v, sent(id)), await said(v, sent(never))]
  expect(JSON.parse(JSON.stringify(real).replaceAll(id, never))).toEqual(none)
  expect([403, 404]).toContain(real.code)
}

const hiddenFrom = (v: Viewer, e: CompiledEntity, size = 2) => sampled(v, v.world.records.get(e.name)!.filter((r) => !v.oracle.may('read', e.name, r) && !v.world.tasks.some((t) => t.record === r.id && t.assignee === v.id)), () => '', size)

const onRecord = (v: Viewer, e: CompiledEntity): ((id: string) => Sent)[] => {
  const at = (id: string) => `/records/${e.name}/${id}`
  const named = (kind: 'action' | 'flow') => v.world.documents.flatMap((d) => (d.kind === kind && d.entity === e.name ? [d.name] : ['none'])).slice(0, 3)
  return [
    (id) => ['POST', `${at(id)}/restore`], (id) => ['POST', `${at(id)}/unmerge`], (id) => ['POST', `${at(id)}/history/${never}/restore`, {}],
    (id) => ['POST', `${at(id)}/stage`, { to: 'any' }], (id) => ['POST', `${at(id)}/pipeline`, { to: 'any' }], (id) => ['PUT', `${at(id)}/checklist/any`, { done: true }],
    (id) => ['GET', `${at(id)}/shares`], (id) => ['POST', `${at(id)}/shares`, { user: v.id, right: 'read' }], (id) => ['DELETE', `${at(id)}/shares/${never}`],
    (id) => ['PATCH', at(id), {}], (id) => ['DELETE', at(id)],
    ...named('action').map((name) => (id: string): Sent => ['POST', `${at(id)}/actions/${name}`, {}]),
    ...named('flow').flatMap((name) => [(id: string): Sent => ['POST', `${at(id)}/flows/${name}`, {}], (id: string): Sent => ['GET', `${at(id)}/flows/${name}/preview`]]),
    (id) => ['POST', `/records/${e.name}/merge/preview`, { from: [id] }], (id) => ['POST', `/records/${e.name}/merge`, { into: id, from: [another] }], (id) => ['POST', `${at(id)}/purge`],
  ]
}

export const blindPaths: Record<string, (v: Viewer, e: CompiledEntity) => Promise<void>> = {
  async 'commands on records out of sight'(v, e) {
    for (const { id } of hiddenFrom(v, e)) for (const sent of onRecord(v, e)) await sameAsNever(v, id, sent)
  },

  async 'the recycle bin'(v, e) {
    const expected = v.world.deleted.get(e.name)!.filter((r) => v.oracle.may('read', e.name, r) && v.oracle.may('delete', e.name, r))
    const { items, count } = await v.client.must(v.client.get<{ items: Kept[]; count: number }>(`/records/${e.name}/bin`, { limit: '200' }))
    expect({ count, ids: ids(items) }).toEqual({ count: expected.length, ids: ids(expected) })
    for (const record of sampled(v, v.world.deleted.get(e.name)!, (r) => String(v.oracle.may('read', e.name, r)))) {
      expect(await status(v.client.get(`/records/${e.name}/${record.id}`))).toBe(v.oracle.may('read', e.name, record) ? '404 inBin' : '404 notFound')
      if (!v.oracle.may('delete', e.name, record)) expect([403, 404]).toContain((await v.client.post(`/records/${e.name}/${record.id}/restore`)).status)
      if (!v.oracle.capable('purge')) expect(await status(v.client.post(`/records/${e.name}/${record.id}/purge`))).toBe('403 forbidden')
    }
  },

  async 'records alike'(v, e) {
    const seen = new Set(ids(seenBy(v, e.name)))
    const { items } = await v.client.must(v.client.get<{ items: { records: Kept[] }[] }>(`/records/${e.name}/duplicates`))
    for (const { id } of items.flatMap((i) => i.records)) expect(seen.has(id)).toBe(true)
    for (const record of [...hiddenFrom(v, e), ...sampled(v, seenBy(v, e.name), () => '')]) {
      const values = Object.fromEntries(fieldsOf(e).filter((f) => !f.system && !f.computed).map((f) => [f.name, record[f.name]]))
      const { status: code, body } = await v.client.post<{ problems: { params?: { records?: Kept[] } }[] }>(`/records/${e.name}/duplicates`, { values })
      expect(code).toBe(v.oracle.grants(e.name, 'create') ? 200 : 403)
      if (code === 200) for (const { id } of body.problems.flatMap((p) => p.params?.records ?? [])) expect(seen.has(id)).toBe(true)
    }
  },

  async 'create, accepted'(v, e) {
    const input = newRecord(v, e)
    if (!input || !v.oracle.grants(e.name, 'create')) return
    const { status: code, body } = await v.client.post(`/records/${e.name}`, input)
    const table = (await v.world.host.holder.current()).tables.get(e.name)!
    const department = v.world.records.get('user')!.find((u) => u.id === v.id)!.department
    const meant = { ...Object.fromEntries(fieldsOf(e).map((f) => [f.name, f.definition.default ?? null])), ...input, owner: v.id, ownerDept: department }
    const may = v.oracle.may('create', e.name, meant)
    if (code === 201) {
      const doc = (await v.world.host.services.store.get(table.collection, body.id!, table.collection.columns.map((c) => c.name)))!
      expect({ may: v.oracle.may('create', e.name, table.decode(doc)), owner: doc.owner }).toEqual({ may: true, owner: v.id })
      await v.world.host.services.store.transaction((tx) => tx.remove(table.collection, [body.id!]))
      v.world.created.add(`${v.name} ${e.name}`)
    } else {
      const writable = Object.keys(input).every((name) => v.oracle.field(e.name, name) === 'write')
      expect({ name: e.name, code }).toEqual({ name: e.name, code: writable ? 403 : 422 })
      if (writable) expect(may).toBe(false)
    }
    expect((await list(v, e.name, { count: 'exact' })).count).toBe(seenBy(v, e.name).length)
  },
}

/** What is demanded of a record, like that of one that is seen but for its texts; undefined where saving starts something, or who saves is not who owns it. */
function newRecord(v: Viewer, e: CompiledEntity): WireRecord | undefined {
  const starts = v.world.documents.some((d) => (d.kind === 'flow' || d.kind === 'pipeline') && d.entity === e.name)
  const [like] = seenBy(v, e.name)
  const demanded = fieldsOf(e).filter((f) => f.definition.required && !f.computed && !f.system)
  const isText = (f: CompiledField) => f.effective.type === e.fields.get(e.definition.titleField)!.effective.type
  if (starts || people.has(e.name) || (e.definition.ownership ?? 'user') !== 'user' || (!like && !demanded.every(isText))) return undefined
  return Object.fromEntries(demanded.map((f) => [f.name, isText(f) ? `New of ${v.name}` : like![f.name]]))
}

/** What needs a capability, with a body that would do: refused before anything is looked up. */
const administration: Record<'studio' | 'users', Sent[]> = {
  studio: [
    ['GET', '/definitions/drafts'], ['GET', '/definitions/drafts/impact'], ['GET', '/definitions/drafts/access'], ['GET', '/definitions/access'], ['POST', '/definitions/validate', {}],
    ['GET', '/definitions/entity/user'], ['PUT', '/definitions/entity/user', {}], ['DELETE', '/definitions/entity/user'], ['POST', '/definitions/entity/user/removal'], ['GET', '/definitions/entity/user/versions'],
    ['GET', '/definitions/entity/user/differences'], ['POST', '/definitions/entity/user/rollback', { version: 1 }], ['GET', '/definitions/entity/user/where-used'],
    ['GET', '/releases'], ['POST', '/releases', {}], ['POST', '/releases/1/rollback', {}], ['GET', '/data-changes'], ['GET', '/trash'], ['POST', '/trash/x/restore'], ['POST', '/trash/x/purge'],
    ['GET', '/bundles'], ['POST', '/bundles/preview', { definitions: [] }], ['POST', '/bundles', { definitions: [] }],
    ['GET', '/template'], ['POST', '/template/upgrade/preview', {}], ['POST', '/template/upgrade', {}], ['DELETE', '/template/upgrade'], ['POST', '/template/upgrade/settle', { id: 'x', choice: 'theirs' }], ['DELETE', '/template/parked/x'], ['POST', '/template/parked/x/retarget', { target: '/x' }],
    ['GET', '/outbox'], ['POST', '/outbox/x/replay'], ['GET', '/flow-instances/stuck'],
    ['GET', '/flows/any/insight'], ['GET', '/flows/any/bpmn'], ['POST', '/flows/bpmn', { xml: '<x/>' }], ['POST', '/flows/any/replay', { definition: {} }], ['POST', '/flows/any/migrate/preview', {}], ['POST', '/flows/any/migrate', { comment: 'why' }], ['POST', '/flows/any/simulate', {}],
  ],
  users: [['POST', `/users/${never}/password`, { password: 'a password' }], ['POST', `/users/${never}/hand-over`, { to: never }]],
}

/** What is no matter of one entity: administration, the definitions one is told, one's own views and notices, other people's approvals. */
export async function besides(v: Viewer) {
  for (const capability of ['studio', 'users'] as const) {
    if (!v.oracle.capable(capability)) for (const sent of administration[capability]) expect(await said(v, sent)).toMatchObject({ path: sent.slice(0, 2).join(' '), code: 403, problem: 'forbidden' })
  }
  await definitions(v)
  await views(v)
  await approvals(v)
  const { items } = await v.client.must(v.client.get<{ items: { id: string }[] }>('/notices', { limit: '100' }))
  expect(items.every(({ id }) => v.world.notices.some((n) => n.id === id && n.user === v.id))).toBe(true)
  const other = v.world.notices.find((n) => n.user !== v.id && n.readAt === null)
  if (other) { await v.client.must(v.client.post('/notices/read', { ids: [other.id] })); expect((await v.world.host.services.store.get(v.world.collections.notice, other.id))?.readAt).toBe(null) }
}

async function definitions(v: Viewer) {
  const { definitions } = await v.client.must(v.client.get<{ definitions: { kind: string; name: string; fields?: { name: string }[] }[] }>('/definitions'))
  if (v.oracle.capable('studio')) return
  for (const d of definitions.filter((x) => x.kind === 'entity')) {
    expect({ entity: d.name, known: v.oracle.knows(d.name) }).toEqual({ entity: d.name, known: true })
    for (const f of d.fields!) expect(v.oracle.field(d.name, f.name)).not.toBe('hidden')
  }
}

async function views(v: Viewer) {
  const e = v.world.entities.find((x) => v.oracle.grants(x.name, 'read'))
  for (const [id, of] of v.world.views) if (of !== v.name) for (const sent of [['PATCH', `/me/views/${id}`, { name: 'x' }], ['DELETE', `/me/views/${id}`]] as Sent[]) expect(await said(v, sent)).toMatchObject({ code: 404, problem: 'notFound' })
  if (!e) return
  const { id } = await v.client.must(v.client.post('/me/views', { entity: e.name, name: `of ${v.name}` }))
  v.world.views.set(id!, v.name)
  expect((await v.client.must(v.client.get<{ items: Kept[] }>('/me/views'))).items.map((i) => i.id)).toEqual([id])
}

/** What repairs an approval, with a body that would do: for whoever administers its flow. */
const repairs = [['retry', { comment: 'why' }], ['terminate', { comment: 'why' }], ['reassign', { task: 'x', to: 'y', comment: 'why' }], ['jump', { token: 1, to: 'x', comment: 'why' }]] as const

/** Approvals of records out of sight, which one has no part in. Who may repair all sees all. */
async function approvals(v: Viewer) {
  for (const [name, body] of repairs) expect(await said(v, ['POST', `/flow-instances/${never}/${name}`, body])).toMatchObject({ code: 404, problem: 'notFound' })
  const strange = v.world.instances.filter((i) => i.initiator !== v.id && !v.world.tasks.some((t) => t.instance === i.id && t.assignee === v.id) && !v.oracle.may('read', i.entity as string, v.world.records.get(i.entity as string)!.find((r) => r.id === i.record) ?? {}))
  for (const { id } of v.oracle.capable('studio') ? [] : strange.slice(0, 2)) {
    for (const [name, body] of [['withdraw', {}], ['urge', {}], ['comment', { comment: 'hm' }], ['resubmit', {}], ...repairs] as const) expect([403, 404]).toContain((await v.client.post(`/flow-instances/${id}/${name}`, body)).status)
  }
  for (const task of sampled(v, v.world.tasks.filter((t) => t.assignee !== v.id), (t) => String(t.entity))) {
    expect([403, 404]).toContain((await v.client.post(`/tasks/${task.id}/read`)).status)
    const { body } = await v.client.post<{ results?: { status: number }[]; items?: { status: number }[] }>('/tasks/decide', { items: [{ id: task.id }], decision: 'approve' })
    for (const result of body.results ?? body.items ?? []) expect([403, 404]).toContain(result.status)
  }
}

