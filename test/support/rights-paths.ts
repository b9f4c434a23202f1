/** The paths on which a right could leak, each compared with the oracle. */
import type { CompiledEntity, CompiledField, WireRecord } from '../../runtime/engine'
import type { Grant } from '../../schemas/generated/types'
import { systemEntities } from '../../schemas/system'
import type { ProblemBody } from './client'
import { absent, asShown, fieldsOf, ids, list, namable, people, sameWords, sampled, sampledFields, sampledRecords, seenBy, shown, single, status, stored, titleField, view, type Kept, type Viewer } from './rights-world'

/** The paths on which a record could show. Each gets a person and an entity that the person knows and may read. */
export const paths: Record<string, (v: Viewer, e: CompiledEntity) => Promise<void>> = {
  async list(v, e) {
    const { items, count } = await list(v, e.name, { count: 'exact' })
    expect(ids(items)).toEqual(ids(seenBy(v, e.name)))
    expect(count).toBe(items.length)
    for (const item of items) expect(stored(e, item, true)).toEqual(view(v, e, v.world.records.get(e.name)!.find((r) => r.id === item.id)!, fieldsOf(e).filter((f) => !f.rows)))
  },

  async 'list with members'(v, e) {
    const ask = (names: string[]) => v.client.get<{ items: WireRecord[] } & ProblemBody>(`/records/${e.name}`, { fields: names.join(), limit: '3' })
    const open = fieldsOf(e).filter((f) => shown(v, e, f)).map((f) => f.name)
    const { status: code, body: { items } } = await ask(open)
    expect(code).toBe(200)
    for (const item of items) expect(open).toEqual(expect.arrayContaining(Object.keys(item).filter((name) => e.fields.has(name))))
    for (const f of sampledFields(v, e, fieldsOf(e).filter((x) => !shown(v, e, x)))) expect({ field: f.name, answer: await status(ask([f.name])) }).toEqual({ field: f.name, answer: '400 badRequest' })
  },

  async get(v, e) {
    for (const record of sampledRecords(v, e, 4)) {
      const { status: code, body } = await v.client.get(`/records/${e.name}/${record.id}`)
      const seen = v.oracle.may('read', e.name, record)
      expect({ code, id: record.id }).toEqual({ code: seen ? 200 : 404, id: record.id })
      if (seen) expect(stored(e, body, true)).toEqual(view(v, e, record))
      else expect(JSON.stringify(body)).not.toContain(record.id)
    }
  },

  async 'filter and search'(v, e) {
    const hidden = v.world.records.get(e.name)!.filter((r) => !v.oracle.may('read', e.name, r))
    expect((await list(v, e.name, { count: 'exact' }, { field: 'id', op: 'in', value: ids(hidden) })).count).toBe(0)
    expect(ids((await list(v, e.name, {}, { not: { field: 'id', op: 'eq', value: 'x' } })).items)).toEqual(ids(seenBy(v, e.name)))
    for (const record of sampled(v, hidden, () => '', 2)) {
      const title = record[titleField(e)]
      if (typeof title === 'string' && title !== '') expect(ids(seenBy(v, e.name))).toEqual(expect.arrayContaining(ids((await list(v, e.name, { q: title.slice(0, 50) })).items)))
    }
    for (const f of sampledFields(v, e, fieldsOf(e).filter((x) => single(x) && x.effectiveType.operators.includes('notEmpty')))) {
      const answer = await v.client.get<{ items: WireRecord[]; count: number } & ProblemBody>(`/records/${e.name}`, { count: 'exact', limit: '1', filter: JSON.stringify({ field: f.name, op: 'notEmpty' }) })
      if (namable(v, e, f)) expect({ field: f.name, count: answer.body.count }).toEqual({ field: f.name, count: seenBy(v, e.name).filter((r) => r[f.name] !== null && r[f.name] !== '').length })
      else expect(sameWords(answer.body, f.name)).toEqual(sameWords(await absent(v, e, 'filter', JSON.stringify({ field: 'nowhere', op: 'notEmpty' })), 'nowhere'))
    }
  },

  async 'sort and cursor'(v, e) {
    for (const f of sampledFields(v, e, fieldsOf(e).filter(single))) {
      const answer = await v.client.get<{ items: WireRecord[]; nextCursor: string | null } & ProblemBody>(`/records/${e.name}`, { sort: `-${f.name}`, limit: '1' })
      if (!namable(v, e, f)) { expect(sameWords(answer.body, f.name)).toEqual(sameWords(await absent(v, e, 'sort', '-nowhere'), 'nowhere')); continue }
      expect({ field: f.name, status: answer.status }).toEqual({ field: f.name, status: 200 })
      // A cursor says no more than the record it stands on, which the person has just read.
      if (answer.body.nextCursor) expect((JSON.parse(Buffer.from(answer.body.nextCursor, 'base64url').toString()) as unknown[])[1]).toBe(answer.body.items[0]!.id)
    }
    const walked: WireRecord[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: WireRecord[]; nextCursor: string | null } = await list(v, e.name, { sort: '-createdAt', limit: '3', ...(cursor && { cursor }) })
      walked.push(...page.items)
      cursor = page.nextCursor
    }
    expect(ids(walked)).toEqual(ids(seenBy(v, e.name)))
  },

  async aggregate(v, e) {
    const seen = seenBy(v, e.name)
    const ask = (body: unknown) => v.client.post<{ groups: { keys: unknown[]; values: unknown[] }[] } & ProblemBody>(`/records/${e.name}/aggregate`, body)
    expect((await ask({ measures: [{ op: 'count' }] })).body.groups).toEqual([{ keys: [], values: [seen.length] }])
    for (const f of sampledFields(v, e, fieldsOf(e).filter(single))) {
      const grouped = await ask({ groupBy: [f.name], measures: [{ op: 'count' }] })
      if (!namable(v, e, f)) { expect(sameWords(grouped.body, f.name)).toEqual(sameWords((await ask({ groupBy: ['nowhere'], measures: [{ op: 'count' }] })).body, 'nowhere')); continue }
      expect(grouped.body.groups.reduce((sum, g) => sum + (g.values[0] as number), 0)).toBe(seen.length)
      expect(new Set(grouped.body.groups.map((g) => g.keys[0]))).toEqual(new Set(seen.map((r) => groupKey(v, f, r[f.name] ?? null))))
    }
    const numbers = fieldsOf(e).filter((f) => single(f) && namable(v, e, f) && f.effectiveType.storage === 'int').slice(0, 5)
    if (numbers.length === 0) return
    const { body } = await ask({ measures: numbers.flatMap((f) => [{ op: 'sum', field: f.name }, { op: 'max', field: f.name }]) })
    numbers.forEach((f, i) => {
      const values = seen.map((r) => r[f.name]).filter((x) => x !== null).map(Number)
      const [sum, max] = body.groups[0]!.values.slice(2 * i)
      expect(Number(sum)).toBeCloseTo(values.reduce((total, x) => total + x, 0), 4)
      expect(max === null ? null : Number(max)).toBe(values.length === 0 ? null : Math.max(...values))
    })
  },

  async 'expand and titles'(v, e) {
    const references = fieldsOf(e).filter((f) => f.refersTo && !f.rows)
    const { items, titles } = await list(v, e.name, { titles: 'true' })
    for (const f of references) {
      const target = v.world.entities.find((x) => x.name === f.refersTo)!
      const answer = await v.client.get<{ items: WireRecord[] } & ProblemBody>(`/records/${e.name}`, { expand: f.name, limit: '500' })
      if (!namable(v, e, f)) { expect(answer.status).toBe(400); continue }
      for (const expanded of answer.body.items.flatMap((i) => ([i[f.name] ?? []].flat() as WireRecord[]))) {
        const there = v.world.records.get(target.name)!.find((r) => r.id === expanded.id)
        const seen = there !== undefined && v.oracle.may('read', target.name, there)
        expect(stored(target, expanded, false)).toEqual(seen ? view(v, target, there, fieldsOf(target).filter((x) => !x.rows)) : {})
        expect({ [expanded.id!]: titles![expanded.id!] }).toEqual({ [expanded.id!]: people.has(target.name) ? expect.any(String) : seen && shown(v, target, target.fields.get(titleField(target))!) ? asShown(v, target, target.fields.get(titleField(target))!, there[titleField(target)]) : undefined })
      }
    }
    expect(items.length).toBe(seenBy(v, e.name).length)
  },

  async 'filter through references'(v, e) {
    for (const f of sampledFields(v, e, fieldsOf(e).filter((x) => x.refersTo && single(x)))) {
      const target = v.world.entities.find((x) => x.name === f.refersTo)!
      const title = target.fields.get(titleField(target))!
      const path = `${f.name}.${title.name}`
      const answer = await v.client.get<{ count: number } & ProblemBody>(`/records/${e.name}`, { count: 'exact', limit: '1', filter: JSON.stringify({ field: path, op: 'notEmpty' }) })
      if (!namable(v, e, f) || !namable(v, target, title)) { expect({ path, code: answer.body.code }).toEqual({ path, code: 'badFilter' }); continue }
      const seen = new Map(seenBy(v, target.name).map((r) => [r.id, r]))
      expect({ path, count: answer.body.count }).toEqual({ path, count: seenBy(v, e.name).filter((r) => (seen.get(r[f.name] as string)?.[title.name] ?? null) !== null).length })
    }
  },

  async 'history, timeline, commands, approvals'(v, e) {
    for (const record of sampledRecords(v, e, 2)) for (const path of ['history', 'timeline', 'commands', 'flow-instances']) {
      const answer = await v.client.get<{ items?: { changes?: { field: string; from: unknown; to: unknown }[] }[] }>(`/records/${e.name}/${record.id}/${path}`)
      const seen = v.oracle.may('read', e.name, record)
      expect({ path, code: answer.status }).toEqual({ path, code: seen ? 200 : 404 })
      for (const { field: name, from, to } of (answer.body.items ?? []).flatMap((i) => i.changes ?? [])) {
        const right = v.oracle.field(e.name, name)
        expect(right).not.toBe('hidden')
        if (right === 'mask') for (const value of [from, to]) expect(value === null || (Array.isArray(value) && value.length === 0) || String(value).startsWith('•••')).toBe(true)
      }
    }
  },

  async 'published views'(v, e) {
    for (const d of v.world.documents.filter((x) => x.kind === 'view' && x.entity === e.name)) {
      const answer = await v.client.get<{ items: WireRecord[] }>(`/records/${e.name}`, { view: d.name, limit: '500' })
      if (answer.status === 200) for (const item of answer.body.items) expect(seenBy(v, e.name).some((r) => r.id === item.id)).toBe(true)
    }
  },

  async 'what may be done'(v, e) {
    for (const record of sampledRecords(v, e, 2)) {
      const one = `/records/${e.name}/${record.id}`
      const code = (verb: Grant['verbs'][number]) => (!v.oracle.may('read', e.name, record) ? '404 notFound' : v.oracle.may(verb, e.name, record) ? undefined : '403 forbidden')
      for (const [verb, attempt] of [['update', () => v.client.patch(one, {}, { 'if-match': '"999999"' })], ['delete', () => v.client.delete(one, { 'if-match': '"999999"' })]] as const) {
        // A revision that never was: who may do it is told that it is out of date, and nothing happens.
        expect({ verb, id: record.id, answer: await status(attempt()) }).toEqual({ verb, id: record.id, answer: code(verb) ?? '412 staleRevision' })
      }
    }
  },

  async create(v, e) {
    const post = (body: WireRecord) => v.client.post<ProblemBody>(`/records/${e.name}`, body)
    if (!v.oracle.grants(e.name, 'create')) { expect(await status(post({}))).toBe('403 forbidden'); return }
    // With one field that is refused nothing is created; without any, a field that never was.
    const fields = fieldsOf(e).filter((x) => !x.system && !x.computed && !x.definition.readOnly)
    const refused = { hidden: 'unknownField', mask: 'readOnly', read: 'readOnly', write: undefined }
    const expected = fields.flatMap((f) => { const code = refused[v.oracle.field(e.name, f.name)]; return code === undefined ? [] : [`/${f.name} ${code}`] })
    const { status: code, body } = await post(expected.length > 0 ? Object.fromEntries(fields.map((f) => [f.name, null])) : { nowhere: 1 })
    const told = body.problems.filter((p) => p.code === 'unknownField' || p.code === 'readOnly').map((p) => `${p.path} ${p.code}`)
    expect({ code, told: told.sort() }).toEqual({ code: 422, told: expected.length > 0 ? expected.sort() : ['/nowhere unknownField'] })
  },
}

/** Approvals reach people without any right on the record: whoever is asked sees it, and what they started. */
export async function tasks(v: Viewer) {
  const { tasks: all, instances } = v.world
  const titleOf = ({ entity, title }: Kept) => { const e = v.world.entities.find((x) => x.name === entity)!; const f = e.fields.get(titleField(e))!; return v.oracle.knows(e.name) ? (shown(v, e, f) ? asShown(v, e, f, title) : '') : title }
  const boxes: Record<string, Kept[]> = {
    todo: all.filter((t) => t.assignee === v.id && t.status === 'open'), done: all.filter((t) => t.assignee === v.id && ['approved', 'rejected'].includes(t.status as string)), started: instances.filter((i) => i.initiator === v.id),
  }
  for (const [box, expected] of Object.entries(boxes)) {
    const { items, count } = await v.client.must(v.client.get<{ items: Kept[]; count: number }>('/tasks', { box, limit: '200' }))
    expect({ box, count, items: new Map(items.map((i) => [i.id, i.title])) }).toEqual({ box, count: expected.length, items: new Map(expected.map((i) => [i.id, titleOf(i)])) })
  }
  for (const instance of sampled(v, instances, (i) => `${i.entity} ${i.initiator === v.id} ${seesRecordOf(v, i)}`, 2)) {
    const answer = await v.client.get(`/flow-instances/${instance.id}`)
    expect({ instance: instance.flow, status: answer.status }).toEqual({ instance: instance.flow, status: instance.initiator === v.id || v.oracle.capable('studio') || seesRecordOf(v, instance) ? 200 : [403, 404].find((x) => x === answer.status) })
    if (answer.status === 200) expect(answer.body.title).toBe(titleOf(instance))
  }
  for (const task of sampled(v, all.filter((t) => t.assignee !== v.id), (t) => `${t.entity} ${t.status}`)) expect([403, 404]).toContain((await v.client.post(`/tasks/${task.id}/decide`, { decision: 'approve' })).status)
}

const seesRecordOf = ({ id, oracle, world }: Viewer, { entity, record }: Kept) => {
  const there = world.records.get(entity as string)!.find((r) => r.id === record)
  return there !== undefined && (oracle.may('read', entity as string, there) || world.tasks.some((t) => t.record === record && t.assignee === id && t.status !== 'cancelled'))
}

/** A record that may not be seen names no group; people and departments are known to everyone. */
function groupKey(v: Viewer, { refersTo }: CompiledField, key: unknown): unknown {
  if (refersTo === undefined || Object.values<string>(systemEntities).includes(refersTo)) return key
  return seenBy(v, refersTo).some((r) => r.id === key) ? key : null
}
