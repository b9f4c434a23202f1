import { fromJson } from '../../expressions'
import type { ServiceNode } from '../../generated/types'
import { checkResultWays, type NodeType } from '../node-type'

/** A failure goes only by a way that asks for it, never by the default. */
export const service: NodeType<ServiceNode> = {
  waits: true,
  unattended: true,
  enter: ({ url, method = 'POST', body, secret, onError = 'retry' }) => ({ kind: 'request', request: { url, method, body, secret, onError } }),
  answered: ({ values }, { out, holds, answer }) => {
    if (answer === null) return { kind: 'wait' }
    const result = fromJson(answer)
    const usual = answer.ok ? out.find((edge) => edge.default || out.length === 1) : undefined
    const way = out.find((edge) => edge.when !== undefined && holds(edge.when, result)) ?? usual
    if (!way) return { kind: 'incident', reason: answer.error ?? { code: 'noWayOut' } }
    return { kind: 'move', edges: [way], ...(answer.ok && values && { fill: { values, result } }) }
  },
  checkEdges: (_node, out, into) => checkResultWays(out, into),
  readsResult: true,
  fills: ({ values }) => values,
  expressions: ({ body }) => Object.fromEntries(Object.entries(body ?? {}).map(([name, source]) => [`body/${name}`, { source, type: 'any' as const }])),
}
