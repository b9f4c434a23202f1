/** Records alike are said below the field while it is typed, before anything is saved: at a desk and on a phone, in both languages. */
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../support/browser'
import { password, startTestHost, type TestHost } from '../support/host'
import { customerInput } from '../support/sales'
import { fill, signIn, visit } from './screen'

jest.setTimeout(120_000)
let host: TestHost, browser: Browser
beforeAll(async () => {
  host = await startTestHost()
  await host.addUser({ username: 'zh', roles: ['salesRep'], language: 'zh' })
  await host.addUser({ username: 'en', roles: ['salesRep'], language: 'en' })
  browser = await launchBrowser()
})
afterAll(async () => { await browser?.close(); await host?.close() })

const pictures = process.env.PICTURES
const look = async (page: Page, name: string) => { if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` }) }

const words = {
  zh: { name: '客户名称', taken: '已有客户名称相同的记录。', perhaps: '可能重复' },
  en: { name: 'Name', taken: 'There is already a record with the same Name.', perhaps: 'it may be one of them' },
}

test.each([['zh', 1440], ['zh', 375], ['en', 1440], ['en', 375]] as const)('%s, %d pixels wide', async (language, width) => {
  const t = words[language]
  const known = await (await host.signIn(language)).create('customer', customerInput({ name: `万里磁材 ${language} ${width} 有限公司` }))
  const { page, problems, close } = await visit(browser, host.url, language === 'zh' ? 'zh-CN' : 'en-US', width)
  await signIn(page, language, password)
  await page.goto('/customer/new')

  await fill(page, t.name, known.name as string)
  await page.getByText(t.taken).waitFor()
  expect(await page.locator('.fw-alike a').getAttribute('href')).toBe(`/customer/${known.id}`)
  await look(page, `alike-taken-${language}-${width}`)

  await fill(page, t.name, `万里磁材 ${language} ${width} 集团`)
  await page.locator('.fw-field-hint', { hasText: t.perhaps }).waitFor()
  await look(page, `alike-perhaps-${language}-${width}`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)

  await fill(page, t.name, `Nobody else ${language} ${width}`)
  await page.locator('.fw-alike').waitFor({ state: 'detached' })
  expect(problems).toEqual([])
  await close()
})
