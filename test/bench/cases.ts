/** What is asked. Letters are those of the bars; l is not among them: the list that every screen begins with. */
import type { Call } from './client'
import { contractInput, goods, pick, seeded, statuses, uses, yuan } from './data'
import type { Fixtures } from './servers/files'

export interface Case {
  key: string
  title: string
  /** At most so many times the floor's CPU time. */
  bar: number
  status: number
  /** Requests of a warm-up and of a round. */
  warmUp: number
  round: number
  /** An endless row of requests, the same for the same seed. */
  calls(fixtures: Fixtures, seed: number): () => Call
  /** Whether both must answer the first request with the very same JSON, or only with JSON of the same shape. */
  equal?: boolean
}

const at = '/api/v1/records/contract'

const listed = 'contractNo,name,status,amount,currency,signedOn,owner,customer,customer.name'

/** A quarter of the amounts, in a status: four in a hundred contracts. */
function listCall(random: () => number, count: boolean): Call {
  const from = Math.floor(random() * 7.5e7)
  const filter = { and: [{ field: 'status', op: 'eq', value: pick(random, statuses) }, { field: 'amount', op: 'between', value: [yuan(from), yuan(from + 2.5e7)] }] }
  const query = new URLSearchParams({ filter: JSON.stringify(filter), sort: '-signedOn', limit: '50', fields: listed, ...(count && { count: 'exact' }) })
  return { method: 'GET', path: `${at}?${query}` }
}

/** The list of a screen that has just been opened: everything one may see, the newest first. */
const openList: Call = { method: 'GET', path: `${at}?${new URLSearchParams({ sort: '-createdAt', limit: '50', fields: listed })}` }

/** Four characters that one title in forty has, in the middle. */
function searchCall(random: () => number): Call {
  const query = new URLSearchParams({ q: pick(random, goods).slice(-2) + pick(random, uses).slice(0, 2), sort: '-createdAt', limit: '20', fields: listed })
  return { method: 'GET', path: `${at}?${query}` }
}

const list = (count: boolean): Case['calls'] => (_, seed) => { const random = seeded(seed); return () => listCall(random, count) }

/** Whatever the seed, no contract is created twice under the same number. */
let created = 0

export const cases: Case[] = [
  {
    key: 'a', title: 'GET one record', bar: 2, status: 200, warmUp: 3000, round: 1000, equal: true,
    calls: ({ contracts }, seed) => { const random = seeded(seed); return () => ({ method: 'GET', path: `${at}/${pick(random, contracts)}` }) },
  },
  { key: 'b', title: 'LIST 50, filtered, sorted, joined, counted', bar: 2, status: 200, warmUp: 400, round: 120, calls: list(true) },
  { key: 'c', title: 'LIST 50, not counted', bar: 2, status: 200, warmUp: 800, round: 250, calls: list(false) },
  { key: 'l', title: 'LIST 50, all one may see, newest first', bar: 2, status: 200, warmUp: 800, round: 250, calls: () => () => openList },
  { key: 'd', title: 'SEARCH four characters in titles, 20 newest', bar: 2, status: 200, warmUp: 400, round: 120, calls: (_, seed) => { const random = seeded(seed); return () => searchCall(random) } },
  {
    key: 'e', title: 'CREATE, validated, numbered, audited', bar: 3, status: 201, warmUp: 1000, round: 500,
    calls: ({ customers, projects }, seed) => { const random = seeded(seed); return () => ({ method: 'POST', path: at, body: contractInput(++created, random, pick(random, customers), pick(random, projects)) }) },
  },
  {
    key: 'f', title: 'UPDATE two fields, with history', bar: 3, status: 200, warmUp: 1000, round: 500,
    calls: ({ contracts }, seed) => {
      const random = seeded(seed)
      return () => ({ method: 'PATCH', path: `${at}/${pick(random, contracts)}`, body: { paymentMode: pick(random, ['once', 'instalment']), contactName: `联系人${Math.floor(random() * 1e6)}` } })
    },
  },
  {
    key: 'g', title: 'Sum of amount by status', bar: 1, status: 200, warmUp: 10, round: 10,
    calls: () => () => ({ method: 'POST', path: `${at}/aggregate`, body: { groupBy: ['status'], measures: [{ op: 'sum', field: 'amount' }] } }),
  },
]
