/**
 * For tests in a browser: when one fails, what the open pages show goes to the log, since nobody can look at them afterwards.
 * A test file asks for it by `@jest-environment ./test/support/screen-environment.ts`; `visit` adds its pages.
 */
import { TestEnvironment } from 'jest-environment-node'
import type { Page } from 'playwright-core'

const longest = 3_000

export default class ScreenEnvironment extends TestEnvironment {
  private readonly pages = new Set<Page>()

  override async setup(): Promise<void> {
    await super.setup()
    this.global.openPages = this.pages
  }

  async handleTestEvent(event: { name: string }): Promise<void> {
    if (event.name !== 'test_fn_failure') return
    for (const page of this.pages) if (!page.isClosed()) process.stderr.write(await shown(page))
  }
}

async function shown(page: Page): Promise<string> {
  const dialogs = await page.locator('[role=dialog], .ant-message, [role=listbox]').allInnerTexts().catch(String)
  const text = await page.locator('body').innerText({ timeout: 2_000 }).catch(String)
  return `\n== ${page.url()}\n-- dialogs and messages: ${JSON.stringify(dialogs)}\n${text.slice(0, longest)}\n`
}
