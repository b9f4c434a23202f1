/** A pipeline is pinned and changed in the studio, in a real browser: what is under way goes on by the version it began with until somebody changes it over. `PICTURES=folder` keeps pictures. */
import type { Browser, Page } from 'playwright-core'
import type { Definition, Label } from '../../schemas/generated/types'
import { launchBrowser } from '../support/browser'
import { entity, field, role } from '../support/catalog'
import type { Client } from '../support/client'
import type { TestHost } from '../support/host'
import { dialog, openWorkshop, press, type Visitor } from './screen'

jest.setTimeout(240_000)

const words = (en: string, zh: string): Label => ({ en, zh })
const options = [['open', 'Open', '进行中'], ['won', 'Won', '成功']].map(([value, en, zh]) => ({ value: value!, label: words(en!, zh!) }))
const documents: Definition[] = [
  entity('deal', [
    field('text', 'name', { label: words('Name', '名称') }), field('enum', 'mode', { label: words('Mode', '销售模式'), optionsFrom: 'pipelines' }), field('enum', 'stage', { label: words('Stage', '阶段'), optionsFrom: 'stages' }),
    field('enum', 'status', { label: words('Status', '状态'), options }), field('money', 'price', { label: words('Price', '金额') }),
  ], { label: words('Deal', '商机'), pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status' } }),
  {
    kind: 'pipeline', name: 'sales', entity: 'deal', label: words('Sales', '销售'),
    stages: [
      { id: 'lead', label: words('Lead', '线索'), category: 'open', probability: 10 }, { id: 'check', label: words('Check', '核查'), category: 'open', probability: 30 },
      { id: 'offer', label: words('Offer', '报价'), category: 'open', probability: 60 }, { id: 'won', label: words('Won', '赢单'), category: 'won', probability: 100 },
    ],
  },
  { kind: 'view', name: 'board', entity: 'deal', label: words('Board', '看板'), type: 'kanban', columns: [{ field: 'name' }, { field: 'price' }], totals: ['price'] },
  role('builder', { capabilities: ['studio'], grants: ['deal', 'user'].map((name) => ({ entity: name, verbs: ['create', 'read', 'update', 'delete'], scope: 'all' })) }),
]

let host: TestHost, browser: Browser, ann: Client, visitor: Visitor, page: Page
beforeAll(async () => { browser = await launchBrowser() })
afterAll(() => browser?.close())
beforeEach(async () => { ({ host, ann, visitor, page } = await openWorkshop(browser, documents)) })
afterEach(async () => { await visitor.close(); await host.close() })

const folder = process.env.PICTURES
/** In both languages, at both widths; then as it was. */
async function look(name: string, shown: string) {
  if (!folder) return
  for (const [language, width] of [['zh', 1440], ['en', 375], ['en', 1440]] as const) {
    await page.setViewportSize({ width, height: 900 })
    await host.stage.engine.update('user', ann.userId, { language })
    await page.reload()
    await page.locator(shown).first().waitFor()
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${folder}/pinned-${name}-${language}-${width}.png` })
  }
}

test('what is under way keeps its stages until it is changed over', async () => {
  const { id } = await ann.create('deal', { name: 'Old', mode: 'sales', price: '100' })
  await ann.must(ann.post(`/records/deal/${id}/stage`, { to: 'check' }))

  await page.goto('/studio/pipeline/sales')
  await page.getByRole('tab', { name: /^Moves/ }).click()
  await page.getByLabel('When it is changed').click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: 'keep their version' }).click()
  await page.getByText('Draft saved').waitFor()
  await look('studio', 'text=/When it is changed|修改发布后/')
  await page.getByRole('tab', { name: /^Stages/ }).click()
  await page.getByRole('button', { name: 'Check' }).first().click()
  await page.getByRole('button', { name: 'Remove stage' }).click()
  await dialog(page).getByText('go on by the former version').waitFor()
  await press(dialog(page), 'Remove stage')
  await dialog(page).waitFor({ state: 'hidden' })
  await page.getByText('Draft saved').waitFor()
  await page.goto('/studio/changes')
  await page.getByText('1 of them stays with a former version').waitFor()
  await look('impact', 'text=/former version|沿用旧版本/')
  await press(page, 'Publish 1 change')
  await page.getByText('Release 2 is published').waitFor()

  const fresh = await ann.create('deal', { name: 'New', mode: 'sales' })
  await page.goto(`/deal/${id}`)
  const bar = page.getByRole('navigation', { name: 'Stages' })
  await bar.getByText('Former version 1').waitFor()
  expect((await bar.locator('.fw-stage').allInnerTexts()).map((text) => text.trim())).toEqual(['Lead', 'Check', 'Offer', 'Won'])
  await look('record', '.fw-version')
  await page.goto(`/deal/${fresh.id}`)
  await bar.getByRole('button', { name: 'Offer' }).waitFor()
  expect((await bar.locator('.fw-stage').allInnerTexts()).map((text) => text.trim())).toEqual(['Lead', 'Offer', 'Won'])
  expect(await bar.locator('.fw-version').count()).toBe(0)

  await page.goto('/deal?view=board')
  const column = page.getByRole('listitem', { name: 'Check' })
  await column.getByText('former', { exact: true }).waitFor()
  await column.getByRole('link', { name: 'Old' }).waitFor()
  expect(await column.locator('.fw-version').innerText()).toBe('Former version 1')
  await look('board', '.fw-column-former')
  await page.locator('.fw-board-card').filter({ hasText: 'New' }).getByRole('button', { name: 'Move to' }).click()
  await page.getByRole('menuitem', { name: 'Offer' }).waitFor()
  expect(await page.getByRole('menuitem', { name: 'Check' }).count()).toBe(0)

  await page.goto(`/deal/${id}`)
  await press(bar, 'Go over to the current version')
  await dialog(page).getByText('Sales (current version)').waitFor()
  await dialog(page).getByLabel('Stage there').click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: 'Offer' }).click()
  if (folder) await page.screenshot({ path: `${folder}/pinned-switch.png` })
  await press(dialog(page), 'Change')
  await page.getByText('Now in “Offer”').waitFor()
  await page.getByText('Sales: version 1 → 2').waitFor()
  expect(await bar.locator('.fw-version').count()).toBe(0)
  expect(visitor.problems).toEqual([])
})
