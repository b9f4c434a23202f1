/** What an administrator does in the studio, over the API. */
import type { Definition, Entity, Field } from '../../schemas/generated/types'
import type { Client, ProblemBody } from './client'

export interface PublishedNow { number: number; items: { kind: string; key: string; version: number }[] }

export function studioOf(admin: Client) {
  const path = (kind: string, key: string) => `/definitions/${kind}/${key}`
  const published = <D extends Definition>(kind: D['kind'], key: string) => admin.must(admin.get<{ definition: D; version: number; draft?: { definition: D; rev: number } }>(path(kind, key)))
  const change = async <D extends Definition>(kind: D['kind'], key: string, edit: (definition: D) => D) => admin.must(admin.put(path(kind, key), edit((await published<D>(kind, key)).definition)))
  return {
    published, change,
    addFields: (entity: string, ...fields: Field[]) => change<Entity>('entity', entity, (d) => ({ ...d, fields: [...d.fields, ...fields] })),
    editField: (entity: string, name: string, edit: (f: Field) => Field | undefined) => change<Entity>('entity', entity, (d) => ({ ...d, fields: d.fields.flatMap((f) => (f.name === name ? (edit(f) ?? []) : f)) })),
    /** With everything that it does to records. */
    publish: (body: object = {}) => admin.post<ProblemBody & PublishedNow>('/releases', { wait: true, ...body }),
    discard: (kind: string, key: string) => admin.must(admin.delete(path(kind, key))),
  }
}

export const faults = (problems: unknown) => (problems as { kind: string; key: string; path: string; code: string }[]).map((p) => `${p.kind} ${p.key} ${p.path} ${p.code}`).sort()
