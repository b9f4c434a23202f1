/** Ways a person has: sign in, fill a field by its label, choose from a list, press a button by its name. */
import type { Browser, Locator, Page } from 'playwright-core'
import type { Definition } from '../../schemas/generated/types'
import type { Client } from '../support/client'
import { password, startTestHost, type TestHost } from '../support/host'

export interface Visitor { page: Page; problems: string[]; close: () => Promise<void> }

/**
 * A person at a screen of their own, who asked for less motion: what moves under the pointer loses clicks on a busy machine.
 * `problems` collects what the browser's console complains about.
 */
export async function visit(browser: Browser, url: string, language: 'zh-CN' | 'en-US' = 'zh-CN', width = 1440, height = 900): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width, height }, locale: language, baseURL: url, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('401')) problems.push(message.text()) })
  page.setDefaultTimeout(45_000)
  ;(globalThis as { openPages?: Set<Page> }).openPages?.add(page)
  return { page, problems, close: () => context.close() }
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/')
  await page.locator('input').first().fill(username)
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  // On a phone the navigation is folded away.
  await page.locator('main#content').waitFor()
}

export interface Workshop { host: TestHost; ann: Client; visitor: Visitor; page: Page }

/** A server with these definitions, and Ann in the role `builder`, signed in by API and in a browser in English. */
export async function openWorkshop(browser: Browser, documents: Definition[]): Promise<Workshop> {
  const host = await startTestHost({ documents })
  await host.addUser({ username: 'ann', roles: ['builder'] })
  const visitor = await visit(browser, host.url, 'en-US')
  await signIn(visitor.page, 'ann', password)
  return { host, ann: await host.signIn('ann'), visitor, page: visitor.page }
}

/** The field under a label, inside `scope`; a required one has a star. */
const fieldOf = (scope: Page | Locator, label: string) => scope.getByLabel(new RegExp(`^${label}( \\*)?$`)).first()

export async function fill(scope: Page | Locator, label: string, value: string): Promise<void> {
  await fieldOf(scope, label).fill(value)
}

/** Dates are typed as they are shown or in ISO form; Enter closes the calendar. */
export async function fillDate(scope: Page | Locator, label: string, value: string): Promise<void> {
  const field = fieldOf(scope, label)
  await field.click()
  await field.fill(value)
  await field.press('Enter')
}

/** Chooses from a list; `search` is typed first where the list is looked up. */
export async function choose(page: Page, scope: Page | Locator, label: string, option: string, search?: string): Promise<void> {
  const field = fieldOf(scope, label)
  await field.click()
  if (search !== undefined) await field.fill(search)
  const list = page.locator('.ant-select-dropdown', { has: page.locator(`[id="${await field.getAttribute('id')}_list"]`) })
  await list.locator('.ant-select-item-option').filter({ hasText: option }).first().click()
}

/** An icon in the button may have a name of its own before the button's. */
export async function press(scope: Page | Locator, name: string): Promise<void> {
  await scope.getByRole('button', { name: new RegExp(`(^|\\s)${name}$`) }).first().click()
}

/** The dialog that is open; one that is closing does not count. */
export const dialog = (page: Page) => page.locator('[role=dialog]:not(.ant-zoom-leave)').last()
