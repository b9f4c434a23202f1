import { beginCall } from '../calls'
import type { Committer } from './committer'

export const call: Committer<'call'> = async ({ node, round, index, item }, { ctx, instance, later }) => {
  later.push(() => beginCall(ctx, instance, { node, round, index, item }))
}
