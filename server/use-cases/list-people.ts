/** Whom one may give a task to, choose as a deputy or share a record with: people and departments by name. Nothing else is told of them. */
import type { Context } from './context'

export interface PublicName { id: string; name: string }
interface Sought { q?: string | undefined; limit?: number | undefined }

/** Everybody who works here; user names are searched too. */
export const listPeople = ({ model }: Context, sought: Sought) => namedLike(model.directory.active().map((p) => ({ ...p, also: p.username })), sought)

export const listDepartments = ({ model }: Context, sought: Sought) => namedLike(model.directory.departments(), sought)

/** By name, those that begin with the words first. */
function namedLike(all: (PublicName & { also?: string })[], { q = '', limit = 20 }: Sought): { items: PublicName[] } {
  const words = q.trim().toLowerCase()
  const begins = (text: string) => text.toLowerCase().startsWith(words)
  const found = all.filter(({ name, also }) => name.toLowerCase().includes(words) || (also !== undefined && begins(also)))
  const sorted = found.sort((a, b) => Number(begins(b.name)) - Number(begins(a.name)) || order.compare(a.name, b.name))
  return { items: sorted.slice(0, limit).map(({ id, name }) => ({ id, name })) }
}

const order = new Intl.Collator('zh')
