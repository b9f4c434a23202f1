/** `npm run pictures`: takes the README's pictures of the demonstration company, in Chinese at 1440 px; `-- --all` also English and 375 px. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { Browser, Page } from 'playwright-core'
import { demoCompany } from '../../seed/demo/company'
import { startHost, type Host } from '../../server/host'
import { stageOn } from '../../server/setup/actor'
import { launchBrowser } from '../support/browser'
import { configFor, password } from '../support/host'
import { root } from '../support/sources'
import { signIn, visit } from './screen'

interface Picture { name: string; who: string; take: (page: Page) => Promise<void> }

const first = (page: Page) => page.locator('tbody a').first()

const pictures: Picture[] = [
  { name: 'list', who: 'chen', take: async (page) => { await page.goto('/project'); await first(page).waitFor() } },
  { name: 'board', who: 'chen', take: async (page) => { await page.goto('/project?view=projectBoard'); await page.locator('.fw-card, [class*=card]').first().waitFor() } },
  { name: 'detail', who: 'chen', take: async (page) => { await page.goto('/project'); await first(page).click(); await page.locator('.fw-stages').waitFor() } },
  { name: 'form', who: 'chen', take: async (page) => { await page.goto('/quote/new'); await page.locator('.fw-form').waitFor() } },
  { name: 'inbox', who: 'lin', take: async (page) => { await page.goto('/inbox'); await page.locator('.fw-inbox-item').first().waitFor() } },
  { name: 'flow', who: 'admin', take: async (page) => { await page.goto('/studio/flow/contractApproval'); await page.locator('.react-flow__node').first().waitFor() } },
  { name: 'studio', who: 'admin', take: async (page) => { await page.goto('/studio/entity/customer'); await page.getByRole('button').nth(5).waitFor() } },
]

const readme = new Set(['list', 'detail', 'inbox', 'flow'])
/** Until lists, counts and related records have come. */
const settle = (page: Page) => page.waitForLoadState('networkidle').then(() => page.waitForTimeout(1200))

async function take(browser: Browser, host: Host, { name, who, take: go }: Picture, file: string, language: 'zh-CN' | 'en-US', width: number, height: number) {
  const { engine } = stageOn(host.services, host.holder)
  await engine.update('user', (await host.holder.current()).directory.byName(who)!.id, { language: language.slice(0, 2) })
  const visitor = await visit(browser, host.url, language, width, height)
  await signIn(visitor.page, who, password)
  await go(visitor.page)
  await settle(visitor.page)
  await visitor.page.screenshot({ path: file })
  console.log(name, file, visitor.problems.length > 0 ? visitor.problems : '')
  await visitor.close()
}

async function main(all: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  const host = await startHost({ config: configFor(folder), log: pino({ level: 'error' }), root, demo: demoCompany })
  const browser = await launchBrowser()
  const docs = join(root, 'test/e2e/pictures')
  mkdirSync(docs, { recursive: true })
  for (const picture of pictures) {
    if (readme.has(picture.name)) await take(browser, host, picture, join(docs, `${picture.name}.png`), 'zh-CN', 1440, 900)
    if (!all) continue
    const place = (kind: string) => join(folder, '..', `picture-${picture.name}-${kind}.png`)
    await take(browser, host, picture, place('en-1440'), 'en-US', 1440, 900)
    await take(browser, host, picture, place('zh-375'), 'zh-CN', 375, 812)
    await take(browser, host, picture, place('en-375'), 'en-US', 375, 812)
  }
  await browser.close()
  await host.close()
  rmSync(folder, { recursive: true })
}

await main(process.argv.includes('--all'))
