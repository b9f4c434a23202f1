/** Who is asked, and what their decisions add up to: every example of schemas/people, in a small company. */
import fc from 'fast-check'
import type { Multi } from '../../schemas/generated/types'
import type { TaskStatus, TaskView } from '../../schemas/node-types/node-type'
import { personKinds, resolvePeople, type Found, type PeopleView } from '../../schemas/people'
import { kinds, order, type PeopleExample } from '../../schemas/people/examples'
import { due, verdict } from '../../schemas/people/modes'
import { company, withDeputies } from '../support/company'

const ordinary: PeopleView = { people: company, initiator: 'ann', flow: { name: 'flow' }, value: () => undefined, evaluate: () => null, chosen: [], earlier: [], reusable: () => undefined }

function asked({ assignees, node, view, away, settings }: PeopleExample): string[] {
  const people = away ? withDeputies(away) : company
  return words(resolvePeople({ assignees, ...node }, { ...ordinary, people, ...view, flow: { name: 'flow', ...(settings && { settings }), ...view?.flow } }))
}

function words(found: Found): string[] {
  if (found.kind !== 'people') return [found.kind === 'stuck' ? 'stuck' : found.decision]
  return found.slots.map(({ assignee, principal, settled }) => [assignee, principal && `for ${principal}`, settled && `settled by ${settled.cites}`].filter(Boolean).join(' '))
}

test('every kind has an example', () => expect(new Set(kinds.flatMap((e) => e.assignees.map((a) => a.kind)))).toEqual(new Set(Object.keys(personKinds))))
test.each(kinds)('$name', (example) => expect(asked(example)).toEqual(example.asked))

describe('rule 12, who: resolve → inactive → deputies → nobody → oneself → not the same → duplicates', () => {
  test.each(order)('$name', (example) => expect(asked(example)).toEqual(example.asked))

  test('however deputies are set, the chain ends, and with somebody who works here', () => {
    const names = ['ann', 'mia', 'dan', 'fay', 'fred', 'bob', 'ivy']
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...names)), fc.constantFrom(...names.slice(0, 6)), (away, user) => {
      const found = resolvePeople({ assignees: [{ kind: 'user', user }], onSelf: 'allow' }, { ...ordinary, people: withDeputies(away) })
      expect(found).toMatchObject({ kind: 'people', slots: [expect.anything()] })
      if (found.kind === 'people') expect(company.person(found.slots[0]!.assignee)?.active).toBe(true)
    }))
  })
})

/** `+` approved, `-` rejected, `?` open, `.` its turn has not come, `x` taken away. */
const statuses: Record<string, TaskStatus> = { '+': 'approved', '-': 'rejected', '?': 'open', '.': 'pending', 'x': 'cancelled' }
const tasks = (signs: string): TaskView[] => [...signs].map((sign, i) => ({ key: `t${i}`, assignee: `p${i}`, status: statuses[sign]! }))

describe('rule 10, votes: decided as soon as it cannot change', () => {
  const half: Multi = { mode: 'vote' }
  const third: Multi = { mode: 'vote', passRatio: 1 / 3 }
  const patient: Multi = { mode: 'vote', rejectRule: 'allReject' }
  const strict: Multi = { mode: 'vote', passRatio: 0.6, rejectRule: 'anyRejects' }
  test.each<[Multi, string, string]>([
    [half, '+???', 'undecided'], [half, '++??', 'approved'], [half, '--??', 'undecided'], [half, '---?', 'rejected'], [half, '+--', 'rejected'], [half, '+-', 'approved'],
    [third, '+??', 'approved'], [third, '--?', 'undecided'], [third, '---', 'rejected'],
    [patient, '---?', 'undecided'], [patient, '----', 'rejected'], [patient, '+---', 'rejected'], [patient, '++-?', 'approved'],
    [strict, '++??-', 'rejected'], [strict, '+++??', 'approved'], [strict, '++???', 'undecided'],
    // What was taken away no longer counts; what was added does.
    [half, '+-xx', 'approved'], [half, '+?????', 'undecided'],
    [{ mode: 'vote', passRatio: 0.07 }, `+++++++${'?'.repeat(93)}`, 'approved'],
  ])('%j of %s: %s', (multi, signs, result) => expect(verdict(multi, tasks(signs))).toBe(result))

  test('a decided vote stays decided, whatever the others say', () => {
    fc.assert(fc.property(fc.constantFrom(half, third, patient), fc.array(fc.constantFrom('+', '-', '?'), { minLength: 1, maxLength: 9 }), fc.array(fc.constantFrom('+', '-'), { minLength: 9, maxLength: 9 }), (multi, signs, rest) => {
      const now = verdict(multi, tasks(signs.join('')))
      const later = signs.map((s, i) => (s === '?' ? rest[i]! : s))
      const end = verdict(multi, tasks(later.join('')))
      expect(end).not.toBe('undecided')
      if (now !== 'undecided') expect(end).toBe(now)
    }))
  })
})

describe('the other modes', () => {
  test.each<[Multi, string, string]>([
    [{ mode: 'all' }, '+?', 'undecided'], [{ mode: 'all' }, '++', 'approved'], [{ mode: 'all' }, '+-?', 'rejected'], [{ mode: 'all' }, '+x', 'approved'],
    [{ mode: 'any' }, '??', 'undecided'], [{ mode: 'any' }, '?+', 'approved'], [{ mode: 'any' }, '?-', 'rejected'],
    [{ mode: 'any', rejectRule: 'allReject' }, '?-', 'undecided'], [{ mode: 'any', rejectRule: 'allReject' }, '--', 'rejected'], [{ mode: 'any', rejectRule: 'allReject' }, '-+', 'approved'],
    [{ mode: 'sequential' }, '+.', 'undecided'], [{ mode: 'sequential' }, '++', 'approved'], [{ mode: 'sequential' }, '-.', 'rejected'],
    [{ mode: 'claim' }, 'x+x', 'approved'], [{ mode: 'claim' }, 'x?x', 'undecided'],
  ])('%j of %s: %s', (multi, signs, result) => expect(verdict(multi, tasks(signs))).toBe(result))

  test('one after the other: the next is due when all before have approved', () => {
    expect(due({ mode: 'sequential' }, tasks('...'))).toEqual(['t0'])
    expect(due({ mode: 'sequential' }, tasks('+..'))).toEqual(['t1'])
    expect(due({ mode: 'sequential' }, tasks('?..'))).toEqual([])
    expect(due({ mode: 'all' }, tasks('...'))).toEqual(['t0', 't1', 't2'])
  })

  test('signers before are heard first, signers after when theirs has approved; a delegate only advises', () => {
    const owner: TaskView = { key: 'owner', assignee: 'mia', status: 'pending' }
    const before = (status: TaskStatus): TaskView => ({ key: 'b', assignee: 'fay', status, before: 'owner', group: 'owner' })
    expect(due({ mode: 'any' }, [before('open'), owner])).toEqual([])
    expect(due({ mode: 'any' }, [before('approved'), owner])).toEqual(['owner'])
    expect(verdict({ mode: 'any' }, [before('approved'), owner])).toBe('undecided')
    expect(verdict({ mode: 'any' }, [before('approved'), { ...owner, status: 'approved' }])).toBe('approved')
    const after: TaskView = { key: 'a', assignee: 'fay', status: 'pending', after: 'owner', group: 'owner' }
    expect(due({ mode: 'any' }, [{ ...owner, status: 'open' }, after])).toEqual([])
    expect(due({ mode: 'any' }, [{ ...owner, status: 'approved' }, after])).toEqual(['a'])
    expect(verdict({ mode: 'any' }, [{ ...owner, status: 'approved' }, after])).toBe('undecided')
    const delegate = (status: TaskStatus): TaskView => ({ key: 'd', assignee: 'fay', status, before: 'owner', via: 'delegate' })
    expect(verdict({ mode: 'any' }, [delegate('rejected'), owner])).toBe('undecided')
    expect(due({ mode: 'any' }, [delegate('rejected'), owner])).toEqual(['owner'])
  })
})
