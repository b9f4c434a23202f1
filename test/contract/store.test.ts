/**
 * What every store must do, whatever it is made of. Each store in `test/support/stores.ts` runs all of it; one that cannot run
 * here is listed as skipped, with the reason.
 */
import { stores, type OpenStore } from '../support/stores'
import { filterCases } from './store/filters'
import { isolationCases } from './store/isolation'
import { pagingCases } from './store/paging'
import { randomCases } from './store/random'
import { schemaCases } from './store/schema'
import { summaryCases } from './store/summaries'
import { writingCases } from './store/writing'

for (const { name, skip, open } of stores) {
  describe(name, () => {
    if (skip) return test.skip(`not run: ${skip}`, () => undefined)
    let opened: OpenStore
    beforeEach(async () => { opened = await open() })
    afterEach(() => opened.dispose())
    const current = () => opened

    describe('collections', () => schemaCases(current))
    describe('writing', () => writingCases(current))
    describe('filters', () => filterCases(current))
    describe('paging', () => pagingCases(current))
    describe('summaries', () => summaryCases(current))
    describe('transactions', () => isolationCases(current))
    describe('random conditions', () => randomCases(current))
  })
}
