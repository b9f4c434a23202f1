/** Whom one may give a task to, or choose as a deputy: everybody who works here, by name. Nothing else is told of them. */
import type { Context } from './context'

export interface PersonName { id: string; name: string }

/** By name, those that begin with the words first; user names are searched too. */
export function listPeople(ctx: Context, { q = '', limit = 20 }: { q?: string | undefined; limit?: number | undefined }): { items: PersonName[] } {
  const words = q.trim().toLowerCase()
  const begins = (text: string) => text.toLowerCase().startsWith(words)
  const found = ctx.model.directory.active().filter((p) => p.name.toLowerCase().includes(words) || begins(p.username))
  const sorted = found.sort((a, b) => Number(begins(b.name)) - Number(begins(a.name)) || order.compare(a.name, b.name))
  return { items: sorted.slice(0, limit).map(({ id, name }) => ({ id, name })) }
}

const order = new Intl.Collator('zh')
