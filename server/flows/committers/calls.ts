import { beginCall, cancelCalls } from '../calls'
import type { Committer } from './committer'

export const call: Committer<'call'> = async ({ node, round, index, item }, { ctx, instance, later }) => {
  later.push(() => beginCall(ctx, instance, { node, round, index, item }))
}

export const release: Committer<'release'> = async ({ node, round }, { ctx, instance, later }) => {
  later.push(() => cancelCalls(ctx, instance, { node, round }))
}
