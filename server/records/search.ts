/** The search box: every word must occur in one of the searchable fields. */
import { nothing, pieceWhere, type Where } from '../../schemas/filters'
import { AppError } from '../../schemas/errors'
import { searchable, type Table } from '../model/tables'
import type { Context } from '../use-cases/context'
import { mayName } from './visibility'

const maxWords = 8

export function searchWhere(ctx: Context, { entity }: Table, q: string): Where {
  const words = q.trim().split(/\s+/).filter(Boolean)
  if (words.length > maxWords || q.length > 200) throw new AppError(400, 'badRequest', { reason: 'q' })
  const fields = searchable(entity).filter((f) => mayName(ctx)(entity, f.name))
  if (fields.length === 0) return nothing
  return { and: words.map((word) => ({ or: fields.map((f) => pieceWhere(f.effective, [f.name], 'contains', word)) })) }
}
