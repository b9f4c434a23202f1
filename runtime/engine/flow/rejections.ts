/** What a rejection leads to: one entry a policy. */
import type { OnReject } from '../../../schemas/generated/types'
import { releaseJoins } from './joins'
import { sendBack } from './returns'
import type { Run } from './run'
import type { Token } from './types'

type Policy = (run: Run, token: Token, onReject: OnReject) => void

const policies: Record<OnReject['policy'], Policy> = {
  terminate: (run) => run.finish('rejected'),
  toInitiator: (run, token, { resume }) => sendBack(run, token, run.graph.start().id, resume ?? 'sequential'),
  toPrevious: (run, token, { resume }) => sendBack(run, token, run.graph.passed(token.node)[0] ?? run.graph.start().id, resume ?? 'sequential'),
  toNode: (run, token, { node, resume }) => sendBack(run, token, node!, resume ?? 'sequential'),
  branch: (run, token) => endBranch(run, token),
}

export function reject(run: Run, token: Token) {
  const { onReject } = run.nodeOf(token) as { onReject?: OnReject }
  policies[onReject?.policy ?? 'terminate'](run, token, onReject ?? { policy: 'terminate' })
}

/** A branch ends. The last one ends the instance: approved if any of them came to an end that approves. */
export function endBranch(run: Run, token: Token) {
  run.abandon(token)
  if (run.state.tokens.length === 0) run.finish(run.state.approved ? 'approved' : 'rejected')
  else releaseJoins(run)
}
