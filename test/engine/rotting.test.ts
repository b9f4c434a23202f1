/** Records that lie too long in a stage: the mark and the condition for lists agree, whatever the calendar. */
import fc from 'fast-check'
import { idTarget, recordMatcher, rottingAt, rottingFilter, type WireRecord } from '../../runtime/engine'
import { resolveFilter } from '../../schemas/filters'
import type { Calendar, Definition, Pipeline } from '../../schemas/generated/types'
import { entity, field, label, soundCatalog } from '../support/catalog'

const options = ['open', 'won', 'lost', 'paused'].map((value) => ({ value, label }))
const deal = entity('deal', [
  field('text', 'name'), field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options }), field('dateTime', 'since'), field('dateTime', 'touched'),
], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status', sinceField: 'since', activityField: 'touched' } })
const sales: Pipeline = {
  kind: 'pipeline', name: 'sales', entity: 'deal', label, stages: [
    { id: 'a', label, category: 'open', rotting: { after: 'P2D' } }, { id: 'b', label, category: 'open', rotting: { after: 'P1DT4H', resetOn: ['stageChange', 'activity'] } },
    { id: 'c', label, category: 'open', rotting: { after: 'P3D', resetOn: ['activity'] } }, { id: 'd', label, category: 'open' },
  ],
}
const hours: [string, string][] = [['09:00', '12:00'], ['13:00', '18:00']]
const calendar: Calendar = { kind: 'calendar', name: 'default', label, timeZone: 'Asia/Shanghai', week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours }, days: [] } as never

const catalogs = { 'by the clock': soundCatalog([deal, sales] as Definition[]), 'by a calendar': soundCatalog([deal, sales, calendar]) }
const record = (stage: string, since: string | null, touched: string | null = null): WireRecord => ({ id: 'r', mode: 'sales', stage, since, touched })

test.each([
  ['by the clock', 'a', '2026-06-12T02:00:00.000Z', null, '2026-06-14T02:00:00.000Z'],
  // Friday morning; two working days are Tuesday's.
  ['by a calendar', 'a', '2026-06-12T02:00:00.000Z', null, '2026-06-16T02:00:00.000Z'],
  ['by the clock', 'b', '2026-06-12T02:00:00.000Z', '2026-06-13T02:00:00.000Z', '2026-06-14T06:00:00.000Z'],
  ['by the clock', 'b', '2026-06-12T02:00:00.000Z', '2026-06-01T02:00:00.000Z', '2026-06-13T06:00:00.000Z'],
  ['by the clock', 'c', '2026-06-12T02:00:00.000Z', null, undefined],
  ['by the clock', 'd', '2026-06-12T02:00:00.000Z', null, undefined],
] as const)('%s, stage %s', (name, stage, since, touched, expected) => {
  const catalog = catalogs[name]
  expect(rottingAt(catalog.entities.get('deal')!, record(stage, since, touched), catalog)).toBe(expected)
})

test.each(Object.entries(catalogs))('the condition finds what is marked, %s', (_name, catalog) => {
  const compiled = catalog.entities.get('deal')!
  const moment = fc.date({ min: new Date('2026-06-01T00:00:00Z'), max: new Date('2026-06-20T00:00:00Z'), noInvalidDate: true }).map((d) => `${d.toISOString().slice(0, 17)}00.000Z`)
  fc.assert(fc.property(fc.constantFrom('a', 'b', 'c', 'd'), moment, fc.option(moment), moment, (stage, since, touched, now) => {
    const one = record(stage, since, touched)
    const at = rottingAt(compiled, one, catalog)
    const filter = rottingFilter(compiled, catalog, now)!
    const { where, problems } = resolveFilter(filter, idTarget(compiled, catalog), { me: '', departments: [], today: now.slice(0, 10) })
    expect(problems).toEqual([])
    const found = recordMatcher(where!, compiled.fields.values())(one)
    // To the second: what is due at this very one may fall on either side.
    if (at === undefined || Math.abs(Date.parse(at) - Date.parse(now)) > 1000) expect(found).toBe(at !== undefined && at <= now)
  }), { numRuns: 30 })
})
