import type { Answer } from '../../../../schemas/node-types/node-type'
import { follow } from '../steps'
import type { Run } from '../run'

export interface AnsweredEvent { node: string; round: number; answer: Answer }

/** Another system has answered, or was given up. An answer that comes late, after a failure, is as good as any. */
export function answered(run: Run, { node, round, answer }: AnsweredEvent) {
  const token = run.tokenAt(node, round)
  if (token?.waits?.for !== 'answer') return
  token.waits.answer = answer
  delete token.incident
  follow(run, token, () => run.typeOf(token).answered!(run.nodeOf(token), run.view(token)))
}
