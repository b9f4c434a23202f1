import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileCalendar, dueAt, workClock } from '../../runtime/engine'
import type { Calendar } from '../../schemas/generated/types'
import { field, entity, label, problemsIn } from '../support/catalog'

const template = JSON.parse(readFileSync(join(__dirname, '../../seed/calendars/default.json'), 'utf8')) as Calendar
const china = compileCalendar(template)
const office: Calendar['week'] = { mon: [['09:00', '12:00'], ['13:30', '18:00']], tue: [['09:00', '12:00'], ['13:30', '18:00']], wed: [['09:00', '12:00'], ['13:30', '18:00']], thu: [['09:00', '12:00'], ['13:30', '18:00']], fri: [['09:00', '12:00'], ['13:30', '18:00']] }
const always: Calendar['week'] = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]))
const of = (members: Partial<Calendar>): Calendar => ({ kind: 'calendar', name: 'c', label, timeZone: 'Asia/Shanghai', week: office, ...members })

/** A moment as the people of a place read it: 2026-02-13T17:00 in Shanghai. */
const inShanghai = (wall: string) => new Date(Date.parse(`${wall}:00+08:00`)).toISOString()
const inShanghaiText = (instant: string) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16)

describe('rule 16: P1D is one working day of the calendar, make-up days included', () => {
  test.each([
    ['the next working day at the same time', '2026-11-23T10:15', 'P1D', '2026-11-24T10:15'],
    ['over a weekend', '2026-11-20T10:15', 'P1D', '2026-11-23T10:15'],
    ['begun on a Saturday: as if on Monday morning', '2026-11-21T11:00', 'P1D', '2026-11-24T09:00'],
    ['begun after hours: as if the next morning', '2026-11-23T20:00', 'P1D', '2026-11-25T09:00'],
    ['begun at the noon break: when work goes on', '2026-11-23T12:30', 'P1D', '2026-11-24T13:30'],
    ['the eve of Spring Festival: Saturday the 14th is worked', '2026-02-13T17:00', 'P1D', '2026-02-14T17:00'],
    ['over the nine days of Spring Festival', '2026-02-14T17:00', 'P1D', '2026-02-24T17:00'],
    ['to the make-up Saturday after it', '2026-02-24T09:30', 'P4D', '2026-02-28T09:30'],
    ['National Day: the make-up Sunday counts, the holiday does not', '2026-09-18T16:00', 'P1D', '2026-09-20T16:00'],
    ['over National Day, with the make-up Saturday', '2026-09-30T16:00', 'P3D', '2026-10-10T16:00'],
    ['hours within a day', '2026-11-23T09:00', 'PT2H', '2026-11-23T11:00'],
    ['hours over noon', '2026-11-23T11:00', 'PT4H', '2026-11-23T16:30'],
    ['hours over night', '2026-11-23T17:00', 'PT2H', '2026-11-24T10:00'],
    ['a day of hours ends with the day', '2026-11-23T09:00', 'PT7H30M', '2026-11-23T18:00'],
    ['days, then hours', '2026-11-20T17:30', 'P1DT1H', '2026-11-24T09:30'],
    ['minutes', '2026-11-20T17:50', 'PT20M', '2026-11-23T09:10'],
    ['nothing: the first working moment', '2026-11-21T03:00', 'PT0H', '2026-11-23T09:00'],
    ['2027, only statutory: New Year', '2026-12-31T10:00', 'P1D', '2027-01-04T10:00'],
  ])('%s', (_, from, duration, due) => expect(inShanghaiText(dueAt(china, inShanghai(from), duration))).toBe(due))

  test('without a calendar a day has 24 hours', () => expect(dueAt(undefined, '2026-11-20T10:00:00.000Z', 'P2DT1H')).toBe('2026-11-22T11:00:00.000Z'))

  test('a make-up day of shorter hours', () => {
    const short = compileCalendar(of({ days: [{ date: '2026-11-21', label, working: true, hours: [['09:00', '11:00']] }] }))
    expect(inShanghaiText(dueAt(short, inShanghai('2026-11-20T16:00'), 'P1D'))).toBe('2026-11-21T11:00')
    expect(inShanghaiText(dueAt(short, inShanghai('2026-11-20T17:00'), 'PT2H'))).toBe('2026-11-21T10:00')
  })
})

describe('clocks that are put forward and back', () => {
  const berlin = compileCalendar(of({ timeZone: 'Europe/Berlin', week: always }))
  test.each([
    ['a day over the night of spring has 23 hours', '2026-03-28T11:00:00.000Z', 'P1D', '2026-03-29T10:00:00.000Z'],
    ['a time that nobody sees is the moment of the jump', '2026-03-28T01:30:00.000Z', 'P1D', '2026-03-29T01:00:00.000Z'],
    ['a day over the night of autumn has 25 hours', '2026-10-24T10:00:00.000Z', 'P1D', '2026-10-25T11:00:00.000Z'],
    ['an hour shown twice is its first showing', '2026-10-24T00:30:00.000Z', 'P1D', '2026-10-25T00:30:00.000Z'],
    ['working hours are real hours in spring', '2026-03-29T00:30:00.000Z', 'PT2H', '2026-03-29T02:30:00.000Z'],
    ['and in autumn', '2026-10-25T00:30:00.000Z', 'PT2H', '2026-10-25T02:30:00.000Z'],
  ])('%s', (_, from, duration, due) => expect(dueAt(berlin, from, duration)).toBe(due))
})

describe('whatever the calendar', () => {
  const time = fc.integer({ min: 0, max: 96 }).map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`)
  const hours = fc.uniqueArray(time, { maxLength: 6 }).map((times) => { const sorted = [...times].sort(); return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => [sorted[2 * i]!, sorted[2 * i + 1]!]) })
  const week = fc.record({ mon: fc.constant(office.mon!), tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours })
  const day = fc.integer({ min: 0, max: 400 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
  const special = fc.uniqueArray(fc.record({ date: day, label: fc.constant(label), working: fc.boolean(), hours: fc.option(hours.filter((h) => h.length > 0), { nil: undefined }) }), { maxLength: 40, selector: (d) => d.date })
  const calendar = fc.record({ timeZone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'), week, days: special }).map((members) => compileCalendar(of(members)))
  // A minute more or less around the days when clocks change, else anywhere in the year.
  const minute = 60_000
  const instant = fc.oneof(fc.integer({ min: 0, max: 400 * 1440 }).map((m) => Date.UTC(2026, 0, 1) + m * minute), fc.integer({ min: -600, max: 600 }).map((m) => Date.UTC(2026, 9, 25, 1) + m * minute), fc.integer({ min: -600, max: 600 }).map((m) => Date.UTC(2026, 2, 29, 1) + m * minute))
  const iso = (ms: number) => new Date(ms).toISOString()
  const duration = fc.record({ d: fc.nat(12), h: fc.nat(30), m: fc.nat(59) }).map(({ d, h, m }) => `P${d}DT${h}H${m}M`)

  test('later beginnings never end earlier', () => {
    fc.assert(fc.property(calendar, instant, instant, duration, (c, a, b, d) => {
      const [first, second] = [Math.min(a, b), Math.max(a, b)]
      expect(dueAt(c, iso(first), d) <= dueAt(c, iso(second), d)).toBe(true)
    }))
  })

  test('nothing is due outside working time', () => {
    fc.assert(fc.property(calendar, instant, duration, (c, from, d) => {
      const due = dueAt(c, iso(from), d)
      expect(dueAt(c, due, 'PT0H')).toBe(due)
    }))
  })

  test('a and then b hours are a + b hours', () => {
    fc.assert(fc.property(calendar, instant, fc.nat(3000), fc.nat(3000), (c, from, a, b) => {
      expect(dueAt(c, dueAt(c, iso(from), `PT${a}M`), `PT${b}M`)).toBe(dueAt(c, iso(from), `PT${a + b}M`))
    }))
  })

  test('more time is never due earlier', () => {
    fc.assert(fc.property(calendar, instant, fc.nat(20), fc.nat(20), (c, from, d, more) => {
      expect(dueAt(c, iso(from), `P${d}D`) <= dueAt(c, iso(from), `P${d + more}D`)).toBe(true)
    }))
  })
})

describe('publishing refuses', () => {
  const problems = (members: Partial<Calendar>) => problemsIn([entity('thing', [field('text', 'name')]), of(members)])
  test.each([
    ['a zone that there is not', { timeZone: 'Mars/Olympus' }, ['calendar c /timeZone badMember']],
    ['a week without work', { week: { mon: [] } }, ['calendar c /week badMember']],
    ['hours that end before they begin or overlap', { week: { mon: [['12:00', '09:00']], tue: [['09:00', '12:00'], ['11:00', '13:00']] } }, ['calendar c /week/mon/0 badMember', 'calendar c /week/tue/1 badMember']],
    ['a day twice, a day that there is not, a working day without hours', { days: [{ date: '2026-01-01', label, working: false }, { date: '2026-01-01', label, working: false }, { date: '2026-02-30', label, working: true, hours: [] }] },
      ['calendar c /days/1/date duplicateName', 'calendar c /days/2/date badMember', 'calendar c /days/2/hours badMember']],
  ] satisfies [string, Partial<Calendar>, string[]][])('%s', (_, members, expected) => expect(problems(members)).toEqual(expected))

  test('the calendar of the template is sound', () => expect(problemsIn([entity('thing', [field('text', 'name')]), template])).toEqual([]))
})

describe('working time that passes', () => {
  const clock = workClock(china, inShanghai('2026-10-01T00:00'), inShanghai('2027-01-31T00:00'))
  const worked = (from: string, to: string) => clock(inShanghai(from), inShanghai(to)) / 3_600_000
  test.each([
    ['over noon', '2026-11-23T11:00', '2026-11-23T14:30', 2],
    ['over night', '2026-11-23T17:00', '2026-11-24T10:00', 2],
    ['over a weekend', '2026-11-20T17:00', '2026-11-23T10:00', 2],
    ['on a Saturday', '2026-11-21T09:00', '2026-11-21T18:00', 0],
    ['backwards', '2026-11-24T10:00', '2026-11-23T10:00', 0],
  ])('%s', (_, from, to, hours) => expect(worked(from, to)).toBe(hours))

  test('without a calendar every hour counts', () => expect(workClock(undefined, '2026-01-01', '2026-12-31')('2026-11-20T10:00:00Z', '2026-11-21T10:00:00Z')).toBe(24 * 3_600_000))

  test('by when so many hours are due, so many were worked', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 60 * 24 * 80 }), fc.integer({ min: 1, max: 90 }), (minute, hours) => {
      const from = new Date(Date.parse('2026-10-05T00:00:00Z') + minute * 60_000).toISOString()
      const to = dueAt(china, from, `PT${hours}H`)
      expect(clock(from, to)).toBe(hours * 3_600_000)
    }), { numRuns: 60 })
  })
})
