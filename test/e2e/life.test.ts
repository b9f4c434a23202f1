/** An administrator changes definitions that records rely on, in a real browser: what is asked is asked before publishing. `PICTURES=folder` keeps pictures. */
import type { Browser, Page } from 'playwright-core'
import type { Definition, Field } from '../../schemas/generated/types'
import { launchBrowser } from '../support/browser'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import { studioOf } from '../support/drafts'
import type { TestHost } from '../support/host'
import { dialog, openWorkshop, press, type Visitor } from './screen'

jest.setTimeout(240_000)

const choice = (value: string, en: string, zh: string) => ({ value, label: { en, zh } })
const documents: Definition[] = [
  entity('deal', [
    field('text', 'name', { required: true }), field('enum', 'size', { label: { en: 'Size', zh: '规格' }, options: [choice('small', 'Small', '小'), choice('large', 'Large', '大')] }),
    field('integer', 'qty', { label: { en: 'Quantity', zh: '数量' } }), field('formula', 'total', { label: { en: 'Total', zh: '合计' }, formula: 'qty * 2', result: { type: 'integer' } }),
    field('dateTime', 'met', { label: { en: 'Met at', zh: '会面时间' } }),
  ], { label: { en: 'Deal', zh: '商机' } }),
  { kind: 'view', name: 'deals', entity: 'deal', label: { en: 'All deals', zh: '全部商机' }, type: 'table', columns: [{ field: 'name' }, { field: 'qty' }] },
  role('builder', { capabilities: ['studio'], grants: ['deal', 'user'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'], scope: 'all' })) }),
]

let host: TestHost, browser: Browser, ann: Client, visitor: Visitor, page: Page
beforeAll(async () => { browser = await launchBrowser() })
afterAll(() => browser?.close())
beforeEach(async () => { ({ host, ann, visitor, page } = await openWorkshop(browser, documents)) })
afterEach(async () => { await visitor.close(); await host.close() })

const folder = process.env.PICTURES
async function look(name: string) {
  if (!folder) return
  for (const width of [375, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: `${folder}/life-${name}-${width}.png` })
  }
}
/** Once an edit is a draft, and the draft is on the server. */
async function saved() {
  await page.getByRole('button', { name: /^Publish 1|^Publish$/ }).waitFor()
  await page.getByText('Draft saved').waitFor()
}
const openField = (index: number) => page.goto(`/studio/entity/deal?at=${encodeURIComponent(`/fields/${index}`)}`)
/** Chooses from the list under a label that begins so. */
async function answer(question: RegExp, option: string) {
  await page.getByLabel(question).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).click()
}

test('an option that records have is removed: what takes its place is asked before publishing', async () => {
  const made = await ann.create('deal', { name: 'a', size: 'small' })
  await openField(1)
  await page.getByRole('button', { name: 'Remove option' }).first().click()
  await saved()
  await page.goto('/studio/changes')
  await page.getByText('One thing is to be decided').waitFor()
  expect(await page.getByRole('button', { name: /Publish 1 change/ }).isDisabled()).toBe(true)
  await look('mapping')
  await answer(/^Option “Small” of “Size” is removed/, 'Large')
  await page.getByText('Everything fits together').waitFor()
  await press(page, 'Publish 1 change')
  await page.getByText('Release 2 is published').waitFor()
  await page.getByText('Options replaced').waitFor()
  await page.getByText('1 of 1').waitFor()
  await look('mapped')
  expect(await ann.read('deal', made.id)).toMatchObject({ size: 'large' })
  expect(visitor.problems).toEqual([])
})

test('a published field is hidden, then removed once nothing relies on it; the places lead there', async () => {
  const made = await ann.create('deal', { name: 'a', qty: 7 })
  const studio = studioOf(ann)
  const remove = async () => {
    await page.getByRole('button', { name: 'Actions for qty' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await dialog(page).getByText('Remove “Quantity”?').waitFor()
  }
  await page.goto('/studio/entity/deal')
  await remove()
  await dialog(page).getByText('First it is hidden').waitFor()
  await press(dialog(page), 'Hide')
  await saved()
  await ann.must(studio.publish())
  await page.reload()
  await remove()
  expect(await dialog(page).getByRole('button', { name: 'Remove' }).isDisabled()).toBe(true)
  await look('used')
  await dialog(page).getByText('Total › Formula').waitFor()
  await press(dialog(page), 'Entity Deal')
  await page.waitForURL(/at=%2Ffields%2F3%2Fformula/)
  await studio.editField('deal', 'total', (f) => ({ ...f, formula: '1' }) as Field)
  await ann.must(studio.publish())
  await page.goto('/studio/entity/deal')
  await remove()
  await dialog(page).getByText('It is also taken off 1 form or view').waitFor()
  await press(dialog(page), 'Remove')
  await page.getByRole('button', { name: 'Actions for qty' }).waitFor({ state: 'detached' })
  await page.getByText('Draft saved').waitFor()
  await page.goto('/studio/changes')
  await page.getByText('Everything fits together').waitFor()
  await press(page, 'Publish 2 changes')
  await page.getByText('Release 4 is published').waitFor()
  expect(await ann.read('deal', made.id)).not.toHaveProperty('qty')
  expect(visitor.problems).toEqual([])
})

test('a published field gets another type: what does not fit is told, and what becomes of it decided', async () => {
  const made = await ann.create('deal', { name: 'Magnet order', met: '2026-03-01T10:30:00Z' })
  await openField(4)
  await page.getByText('Published: under another type').waitFor()
  await look('retype')
  await page.getByRole('combobox', { name: /^Type/ }).click()
  await page.getByRole('combobox', { name: /^Type/ }).fill('date')
  await page.locator('.ant-select-item-option').getByText('Date', { exact: true }).click()
  await saved()
  await page.goto('/studio/changes')
  await page.getByText('One thing is to be decided').waitFor()
  await page.getByRole('button', { name: 'Expand row' }).click()
  await page.getByText('Met at: only 2026-03-01 of it would be left').waitFor()
  await look('unfit')
  await answer(/^Values of “Met at” do not fit/, 'what fits of them is kept')
  await press(page, 'Publish 1 change')
  await page.getByText('Release 2 is published').waitFor()
  await page.getByText('Converted to another type').waitFor()
  await look('converted')
  expect(await ann.read('deal', made.id)).toMatchObject({ met: '2026-03-01' })
  expect(visitor.problems).toEqual([])
})
