/** `npm run import:sample`: a real installation, files with every kind of fault, and the published data set where it is at hand. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import pino from 'pino'
import type { Pipeline } from '../../schemas/generated/types'
import { openInstallation, type InstallationOptions } from '../../server/installation'
import { isDateFormat, parseDate } from '../../server/imports/dates'
import { ImportError } from '../../server/imports/mapping'
import type { Mapping } from '../../server/imports/mapping-types'
import { collections } from '../../server/model/collections'
import { importSample } from '../../server/setup/import-sample'
import { stageOn } from '../../server/setup/actor'
import { publishTemplate } from '../../server/setup/install'
import { configFor, nobody } from '../support/host'
import { root } from '../support/sources'

const fixture = join(root, 'test/fixtures/import')
const published = join(root, '../shared/data/crm-opportunities')

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'import-')) })
afterEach(() => rmSync(folder, { recursive: true }))

const options = (): InstallationOptions => ({ config: { ...configFor(join(folder, 'data')), demo: false }, log: pino({ level: 'silent' }), root, demo: nobody })

type Installation = Awaited<ReturnType<typeof openInstallation>>

async function look<T>(at: (installation: Installation) => Promise<T>): Promise<T> {
  const installation = await openInstallation(options())
  try { return await at(installation) } finally { await installation.services.store.close() }
}

/** Everything a run could have changed: every record with its revision and the time of its last change, history, definitions, releases. */
const everything = () => look(async ({ services: { store }, holder }) => {
  const { tables, release, metaVersion } = await holder.current()
  const records = await Promise.all([...tables.values()].map(async ({ collection }) => [collection.name, (await store.find(collection, { columns: ['updatedAt'] })).map((d) => [d.id, d.rev, d.updatedAt])]))
  const counted = await Promise.all([collections.history, collections.definition, collections.release, collections.credential].map((c) => store.count(c, {})))
  return { records, counted, release, metaVersion }
})

const run = async (from: string) => {
  const said: string[] = []
  const summary = await importSample(options(), from, (line) => said.push(line))
  const report = parse(readFileSync(summary.report), { bom: true }) as string[][]
  return { ...summary, said, refused: report.slice(1).map(([file, line, column, value, , reason]) => [file, Number(line), column, value, reason]) }
}

const counts = ({ steps }: Awaited<ReturnType<typeof run>>) => Object.fromEntries(steps.map((s) => [s.id, [s.rows, s.created, s.changed, s.unchanged, s.passed, s.refused]]))

describe('files with faults', () => {
  const problems = [
    ['products.csv', 4, 'sales_price', 'gratis', 'List price excl. tax is not in the right format.'],
    ['accounts.csv', 4, 'sector', 'technology', 'Industry: “technology” is not one of the options.'],
    ['sales_pipeline.csv', 4, 'account', 'Nowhere Ltd', '“Nowhere Ltd” is not known as Customer.'],
    ['sales_pipeline.csv', 5, 'product', 'GTXPro', '“GTXPro” is not known as Product.'],
    ['sales_pipeline.csv', 6, 'engage_date', '2/30/2017', 'Initiated on is not a valid date.'],
    ['sales_pipeline.csv', 8, 'opportunity_id', 'OPP00001', 'There is already a record with the same External reference.'],
    ['sales_pipeline.csv', 9, '', '', 'The row: at least 8 entries.'],
    ['sales_pipeline.csv', 10, 'sales_agent', 'Anna\r\nSnelling', '“Anna\r\nSnelling” is not known as User.'],
    ['sales_pipeline.csv', 12, 'account', '', 'Main customer is required.'],
    ['sales_pipeline.csv', 12, 'product', 'GTXPro', '“GTXPro” is not known as Product.'],
    ['sales_pipeline.csv', 12, 'close_value', 'a lot', 'Estimated amount is not in the right format.'],
    ['sales_pipeline.csv', 12, 'deal_stage', 'Parked', 'Stage: “Parked” is not one of the options.'],
    ['sales_pipeline.csv', 14, 'close_date', '10/20/2016', 'The expected close is before the project was initiated.'],
    ['sales_pipeline.csv', 15, 'opportunity_id', '', 'External reference is required.'],
    ['sales_pipeline.csv', 17, '', '', 'The row (its quotation mark is never closed, nothing after it was read) is not in the right format.'],
  ]

  test('give a line for every problem, and the good rows go in', async () => {
    const first = await run(fixture)
    expect(first.refused).toEqual(problems)
    expect(counts(first)).toEqual({
      departments: [2, 2, 0, 0, 0, 0], managers: [2, 2, 0, 0, 0, 0], agents: [2, 2, 0, 0, 0, 0], products: [3, 2, 0, 0, 0, 1],
      customers: [3, 2, 0, 0, 0, 1], groups: [3, 0, 1, 0, 2, 0], opportunities: [13, 3, 0, 0, 0, 10],
    })
    expect(first.release?.items.map((i) => `${i.kind} ${i.key}`)).toEqual(['pipeline hardwareSales'])
    expect(first.said.join('\n')).toContain('2  sales_pipeline.csv, product: “GTXPro” is not known as Product.')
  })

  test('a second run refuses the same and changes nothing', async () => {
    const first = await run(fixture)
    const before = await everything()
    const second = await run(fixture)
    expect(second.refused).toEqual(first.refused)
    expect(second.report).not.toBe(first.report)
    expect(second.release).toBeUndefined()
    expect(second.steps.map((s) => [s.created, s.changed])).toEqual(second.steps.map(() => [0, 0]))
    expect(await everything()).toEqual(before)
  })

  test('what went in went through the use-cases', async () => {
    await run(fixture)
    await look(async ({ services, holder }) => {
      const { engine } = stageOn(services, holder)
      const [won, open, lost] = (await engine.list('project', { sort: 'externalRef', expand: 'primaryCustomer,product,owner' })).items
      expect(won).toMatchObject({ name: 'MG Special · Acme Corporation', stage: 'won', status: 'won', wonOn: '2017-03-01', estimatedAmount: '50.00', industry: 'technology', owner: { username: 'anna.snelling' } })
      expect(open).toMatchObject({ stage: 'prospecting', initiatedOn: '2017-12-31', expectedCloseOn: '2018-03-31', estimatedAmount: '4821.00', closedOn: null, primaryCustomer: { name: 'Bluth Company', openProjects: 1 } })
      expect(lost).toMatchObject({ stage: 'lost', closedOn: '2017-03-02', estimatedAmount: '4821.00', wonOn: null })
      const history = await services.store.find(collections.history, { where: { path: ['record'], op: 'eq', value: won!.id! } })
      expect(history.map((h) => [h.kind, h.path])).toContainEqual(['created', 'import'])
      const [agent] = (await engine.list('user', { q: 'boris', expand: 'manager,department' })).items
      expect(agent).toMatchObject({ username: 'boris.faz', manager: { name: 'Rocco Neubert' }, department: { name: 'East' }, roles: ['salesRep'] })
      expect(await services.store.get(collections.credential, agent!.id!)).toBeUndefined()
    })
  })

  test('an import is taken up where it was broken off, and follows the files', async () => {
    await run(fixture)
    const corrected = copyOfFixture()
    edit(corrected, 'sales_pipeline.csv', (text) => text.replace('OPP00004,Anna Snelling,GTXPro', 'OPP00004,Anna Snelling,GTX Pro').replace('OPP00002,Boris Faz,GTX Pro,Bluth Company,Prospecting,,,', 'OPP00002,Boris Faz,GTX Pro,Bluth Company,Engaging,11/5/2017,,'))
    const second = await run(corrected)
    expect(counts(second).opportunities).toEqual([13, 1, 1, 2, 0, 9])
  })

  test('a definition that was changed since in the studio is left as it is', async () => {
    await run(fixture)
    await look(async ({ services, holder }) => {
      const pipeline = (await holder.current()).published.get('pipeline:hardwareSales')!.body as Pipeline
      await publishTemplate(services, holder, [{ ...pipeline, label: { en: 'Ours', zh: '我们的' } }])
    })
    expect((await run(fixture)).release).toBeUndefined()
    await look(async ({ holder }) => expect((await holder.current()).published.get('pipeline:hardwareSales')!.version).toBe(2))
  })
})

describe('nothing is begun', () => {
  const refusal = async (from: string): Promise<string[]> => {
    const before = await everything()
    const error = await run(from).then(() => undefined, (e: unknown) => e)
    expect(await everything()).toEqual(before)
    expect(error).toBeInstanceOf(ImportError)
    return (error as ImportError).faults
  }
  const withMapping = (change: (mapping: Mapping) => void) => {
    const copy = copyOfFixture()
    const home = join(root, 'seed/samples/crm-opportunities')
    cpSync(join(home, 'pipelines'), join(copy, 'pipelines'), { recursive: true })
    const mapping = JSON.parse(readFileSync(join(home, 'import.json'), 'utf8')) as Mapping
    change(mapping)
    writeFileSync(join(copy, 'import.json'), JSON.stringify(mapping))
    return copy
  }

  test('when columns are missing', async () => {
    const copy = copyOfFixture()
    edit(copy, 'sales_pipeline.csv', (text) => text.replace('close_value', 'value'))
    edit(copy, 'accounts.csv', (text) => text.replace('sector,year_established', 'sector,sector'))
    expect(await refusal(copy)).toEqual([
      'accounts.csv, line 1, sector: The name “sector” is used twice.',
      'accounts.csv, line 1, year_established: The file has no column “year_established”.',
      'sales_pipeline.csv, line 1, close_value: The file has no column “close_value”.',
    ])
  })

  test('when the folder holds the files of no sample', async () => {
    const copy = copyOfFixture()
    rmSync(join(copy, 'products.csv'))
    expect(await refusal(copy)).toEqual([`${copy}: there is no import.json, and the files of no sample.`, '  crm-opportunities: products.csv missing'])
  })

  test('when the mapping is not in shape', async () => {
    const copy = withMapping((mapping) => { Object.assign(mapping.steps[0]!, { colums: [], mode: 'replace' }); delete (mapping.steps[1] as Partial<Mapping['steps'][0]>).match })
    expect((await refusal(copy)).map((line) => line.replace(copy, ''))).toEqual([
      '/import.json /steps/0/colums: There is no field “colums”.',
      '/import.json /steps/0/mode: mode: “replace” is not one of the options.',
      '/import.json /steps/1/match: match is required.',
    ])
  })

  test('when the mapping names what is not there', async () => {
    const copy = withMapping(({ steps }) => {
      steps[0]!.entity = 'division'
      steps[3]!.match = ['articleNo']
      Object.assign(steps[4]!.fields, { nick: { column: 'account' }, remark: {}, foundedYear: { column: 'year_established', date: 'M/D' } })
      steps[6]!.fields.owner!.lookup = { entity: 'user', by: 'fullName' }
    })
    expect((await refusal(copy)).map((line) => line.replace(copy, ''))).toEqual([
      '/import.json /steps/0/entity: There is no entity “division”.',
      '/import.json /steps/3/match: “fields.articleNo” is missing.',
      '/import.json /steps/4/fields/foundedYear/date: The value is not allowed here: YYYY, M or MM, D or DD, once each',
      '/import.json /steps/4/fields/nick: There is no field “nick” in Customer.',
      '/import.json /steps/4/fields/remark: The value is not allowed here: one of column, template, constant',
      '/import.json /steps/6/fields/owner/lookup/by: There is no field “fullName” in User.',
    ])
  })
})

test.each([
  ['3/1/2017', 'M/D/YYYY', '2017-03-01'], ['2016-02-29', 'YYYY-MM-DD', '2016-02-29'], ['2017年3月9日', 'YYYY年M月D日', '2017-03-09'], ['1.12.2017', 'D.MM.YYYY', '2017-12-01'],
  ['2/29/2017', 'M/D/YYYY', undefined], ['13/1/2017', 'M/D/YYYY', undefined], ['3/1/17', 'M/D/YYYY', undefined], ['1-2-2017', 'D.M.YYYY', undefined], ['2017-3-1', 'YYYY-MM-DD', undefined],
])('the date %s written as %s', (text, format, day) => {
  expect(isDateFormat(format)).toBe(true)
  expect(parseDate(text, format)).toBe(day)
})

/** Why the published data cannot be read here. */
const absent = existsSync(published) ? undefined : `${published} is not there`
if (absent !== undefined) console.warn(`The import of the published data is skipped: ${absent}.`);

(absent === undefined ? test : test.skip)('the published data goes in, and a second run changes nothing', async () => {
  const first = await run(published)
  expect(new Set(first.refused.map(([file, line]) => `${String(file)}:${String(line)}`))).toEqual(new Set(unacceptable().map((line) => `sales_pipeline.csv:${line}`)))
  expect(counts(first)).toEqual({
    departments: [35, 3, 0, 0, 32, 0], managers: [35, 6, 0, 0, 29, 0], agents: [35, 35, 0, 0, 0, 0], products: [7, 7, 0, 0, 0, 0],
    customers: [85, 85, 0, 0, 0, 0], groups: [85, 0, 15, 0, 70, 0], opportunities: [8800, 6117, 0, 0, 0, 2683],
  })
  const before = await everything()
  const second = await run(published)
  expect(counts(second)).toEqual({
    departments: [35, 0, 0, 3, 32, 0], managers: [35, 0, 0, 6, 29, 0], agents: [35, 0, 0, 35, 0, 0], products: [7, 0, 0, 7, 0, 0],
    customers: [85, 0, 0, 85, 0, 0], groups: [85, 0, 0, 15, 70, 0], opportunities: [8800, 0, 0, 6117, 0, 2683],
  })
  expect(second.refused).toEqual(first.refused)
  expect(await everything()).toEqual(before)
}, 600_000)

/** Lines without an account, or with a product that is spelt otherwise in the list of products; read in another way than the import does. */
function unacceptable(): number[] {
  const cells = (file: string) => readFileSync(join(published, file), 'utf8').trimEnd().split(/\r?\n/).map((line) => line.split(','))
  const products = new Set(cells('products.csv').map(([product]) => product))
  return cells('sales_pipeline.csv').flatMap(([, , product, account], i) => (i > 0 && (account === '' || !products.has(product)) ? [i + 1] : []))
}

function copyOfFixture(): string {
  const copy = join(folder, 'files')
  cpSync(fixture, copy, { recursive: true })
  return copy
}

function edit(at: string, file: string, change: (text: string) => string) {
  writeFileSync(join(at, file), change(readFileSync(join(at, file), 'utf8')))
}
