import type { Edge, ServiceNode } from '../../generated/types'
import { Exact } from '../../expressions'
import type { Answer, NodeExamples } from '../node-type'

const node: ServiceNode = { id: 'score', type: 'service', url: 'https://example.com/score', body: { name: 'name' }, secret: 'partner', values: { score: 'result.body.score' } }
const out: Edge[] = [{ id: 'on', source: 'score', target: 'end' }]
const bad: Edge = { id: 'bad', source: 'score', target: 'talk', when: '!result.ok', order: 1 }
const good: Edge = { id: 'good', source: 'score', target: 'end', default: true, order: 2 }
const answer: Answer = { ok: true, status: 200, body: { score: 7 }, error: null }
const failed: Answer = { ok: false, status: null, body: null, error: 'HTTP 503' }
const fill = { values: node.values!, result: { ok: true, status: new Exact(200), body: { score: new Exact(7) }, error: null } }
const holds = (_condition: string, result?: unknown) => !(result as Answer).ok

export const examples: NodeExamples<ServiceNode>[] = [{
  node,
  cases: [
    { name: 'asks and waits', view: {}, on: 'enter', step: { kind: 'request', request: { url: node.url, method: 'POST', body: node.body, secret: 'partner', onError: 'retry' } } },
    { name: 'nothing was answered yet', view: {}, on: 'answered', step: { kind: 'wait' } },
    { name: 'the answer fills fields, and it goes on', view: { out, answer }, on: 'answered', step: { kind: 'move', edges: out, fill } },
    { name: 'a failure stands still, never goes on as if nothing were', view: { out, answer: failed }, on: 'answered', step: { kind: 'incident', reason: 'HTTP 503' } },
    { name: 'a failure goes by the way that asks for it', view: { out: [bad, good], answer: failed, holds }, on: 'answered', step: { kind: 'move', edges: [bad] } },
    { name: 'an answer goes by the default where no condition holds', view: { out: [bad, good], answer, holds }, on: 'answered', step: { kind: 'move', edges: [good], fill } },
    { name: 'a failure that no condition asks for does not take the default', view: { out: [bad, good], answer: failed }, on: 'answered', step: { kind: 'incident', reason: 'HTTP 503' } },
  ],
}]
