/**
 * Saving what a list shows as a view of one's own, at a desk and on a phone: opened, changed, made the default, deleted and brought back.
 *
 * @jest-environment ./test/support/screen-environment.ts
 */
import type { Browser, Page } from 'playwright-core'
import { demoCompany } from '../../seed/demo/company'
import { launchBrowser } from '../support/browser'
import { password, startTestHost, type TestHost } from '../support/host'
import { dialog, fill, signIn, visit } from './screen'

jest.setTimeout(240_000)
let host: TestHost, browser: Browser

beforeAll(async () => {
  host = await startTestHost({ demo: demoCompany })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await host?.close()
})

/** It closes with the click that meets it. */
async function inMenu(page: Page, item: string | RegExp) {
  const choice = page.getByRole('menuitem', { name: item })
  await page.locator('.fw-view-menu').click()
  await choice.click()
  await choice.waitFor({ state: 'hidden' })
}

const count = async (page: Page) => Number(/\d+/.exec(await page.locator('.fw-list-foot .fw-number').innerText())![0])

test.each([['desk', 1440, 900], ['phone', 375, 812]] as const)('at a %s', async (place, width, height) => {
  const { page, problems } = await visit(browser, host.url)
  await signIn(page, 'shen', password)
  await page.setViewportSize({ width, height })
  const filter = JSON.stringify([{ field: 'name', op: 'contains', value: '电' }])
  await page.goto(`/customer?filter=${encodeURIComponent(filter)}&sort=-createdAt`)
  await page.locator('.fw-list-foot').waitFor()
  const few = await count(page)
  expect(few).toBeGreaterThan(0)

  await inMenu(page, '另存为视图…')
  await fill(dialog(page), '名称', `电机 ${place}`)
  await dialog(page).getByRole('button', { name: /保\s?存/ }).click()
  const open = page.locator('.fw-view-menu', { hasText: `电机 ${place}` })
  await open.waitFor()
  expect(await count(page)).toBe(few)

  await inMenu(page, '设为默认视图')
  await page.getByText(/现在默认打开/).waitFor()
  await page.goto('/customer')
  await open.waitFor()
  await page.locator('.fw-list-foot').waitFor()
  expect(await count(page)).toBe(few)

  await inMenu(page, '名称与列…')
  await fill(dialog(page), '名称', `改名 ${place}`)
  await dialog(page).getByRole('button', { name: /保\s?存/ }).click()
  await page.locator('.fw-view-menu', { hasText: `改名 ${place}` }).waitFor()

  // Without its condition it is another list until that is saved.
  await page.locator('.fw-conditions .ant-tag-close-icon').click()
  await page.locator('.fw-view-menu', { hasText: '*' }).waitFor()
  await inMenu(page, '保存修改')
  await page.locator('.fw-view-menu', { hasText: /^[^*]*$/ }).waitFor()
  expect(await page.locator('.fw-conditions').count()).toBe(0)

  await inMenu(page, /删除/)
  await page.getByRole('button', { name: /撤\s?销/ }).click()
  await page.locator('.fw-view-menu', { hasText: `改名 ${place}` }).waitFor()
  expect(problems).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
})
