/**
 * What every store must do, whatever it is made of. Each store in `test/support/stores.ts` runs all of it; one that cannot run
 * here is listed as skipped, with the reason, and so is each test that a store has a gap for.
 */
import { standIns, stores, type OpenStore } from '../support/stores'
import { alternativeCases } from './store/alternatives'
import { filterCases } from './store/filters'
import { define } from './store/gaps'
import { isolationCases } from './store/isolation'
import { pagingCases } from './store/paging'
import { randomCases } from './store/random'
import { schemaCases } from './store/schema'
import { searchCases } from './store/search'
import { summaryCases } from './store/summaries'
import { writingCases } from './store/writing'

/** How many there are, as the store before has shown. */
let tests = 0

for (const { name, skip, gaps, open } of [...stores, ...standIns]) {
  describe(name, () => {
    if (skip !== undefined) {
      process.stderr.write(`${name}: not run: ${skip} (${tests} tests)\n`)
      return test.skip(`not run: ${skip} (${tests} tests)`, () => undefined)
    }
    let opened: OpenStore
    beforeEach(async () => { opened = await open() })
    afterEach(() => opened.dispose())
    const current = () => opened

    tests = define(() => {
      describe('collections', () => schemaCases(current))
      describe('writing', () => writingCases(current))
      describe('filters', () => filterCases(current))
      describe('paging', () => pagingCases(current))
      describe('summaries', () => summaryCases(current))
      describe('transactions', () => isolationCases(current))
      describe('searching', () => searchCases(current))
      describe('alternatives', () => alternativeCases(current))
      describe('random conditions', () => randomCases(current))
    }, gaps)
  })
}
