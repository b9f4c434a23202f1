/**
 * One walk through the whole product in a real browser, in Chinese: a project through its stages to a won contract, the contract
 * approved by three people, its receivable plan generated, money collected, every balance checked; then a field added in the studio
 * shows up in a form that is open.
 *
 * @jest-environment ./test/support/screen-environment.ts
 */
import type { Browser, Page } from 'playwright-core'
import { demoCompany } from '../../seed/demo/company'
import { launchBrowser } from '../support/browser'
import { password, startTestHost, type TestHost } from '../support/host'
import { choose, dialog, fill, fillDate, press, signIn, visit, type Visitor } from './screen'

const minutes = 60_000
jest.setTimeout(8 * minutes)

const project = '旅程：电机磁钢项目'
let host: TestHost, browser: Browser
const visitors: Visitor[] = []

async function as(username: string): Promise<Page> {
  const visitor = await visit(browser, host.url)
  visitors.push(visitor)
  await signIn(visitor.page, username, password)
  return visitor.page
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name }).first().waitFor()
const shown = (page: Page, label: string, value: string) => page.locator('.fw-cell', { hasText: label }).filter({ hasText: value }).first().waitFor()
/** Presses the dialog's button once the attempt before is over. */
const confirm = (page: Page) => dialog(page).locator('.ant-btn-primary:not(.ant-btn-loading)').click()

beforeAll(async () => {
  host = await startTestHost({ demo: demoCompany })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await host?.close()
})

describe('from a project to money in the bank', () => {
  let rep: Page, finance: Page, contractUrl: string

  test('a salesperson opens a project', async () => {
    rep = await as('chen')
    await rep.goto('/project/new')
    await fill(rep, '项目名称', project)
    await choose(rep, rep, '销售模式', '模式B')
    await choose(rep, rep, '主要客户', '有限', '有限')
    await choose(rep, rep, '项目类型', '产品供货')
    await fill(rep, '预计金额', '300000')
    await fillDate(rep, '预计成交日期', '2026-12-31')
    await rep.keyboard.press('Control+s')
    await heading(rep, project)
    await shown(rep, '加权金额', '¥30,000.00')
  })

  test('takes it through its stages; what is missing is asked for', async () => {
    const bar = rep.getByRole('navigation', { name: /阶段/ }).first()
    const go = (stage: string) => bar.getByRole('button', { name: stage, exact: true }).click()
    const at = (stage: string) => bar.locator('[aria-current=step]', { hasText: stage }).waitFor()
    await go('招标评标')
    await dialog(rep).getByText(/不能跳过阶段/).waitFor()
    await confirm(rep)
    await rep.getByRole('dialog').first().waitFor({ state: 'hidden' })
    await go('工程设计')
    await choose(rep, dialog(rep), '设计院', '设计', '设计')
    await confirm(rep)
    await at('工程设计')
    await go('产品定型')
    await at('产品定型')
    await go('招标评标')
    await fillDate(dialog(rep), '投标日期', '2026-12-05')
    await fill(dialog(rep), '投标保证金', '5000')
    await confirm(rep)
    await at('招标评标')
    await go('商务谈判')
    await dialog(rep).getByText(/投标文件已由第二人复核/).waitFor()
    await confirm(rep)
    await rep.getByRole('dialog').first().waitFor({ state: 'hidden' })
    await rep.getByRole('checkbox', { name: /投标文件已由第二人复核/ }).click()
    await rep.getByRole('checkbox', { name: /投标文件已由第二人复核/, checked: true }).waitFor()
    if (process.env.PICTURES) await rep.screenshot({ path: `${process.env.PICTURES}/stages.png` })
    for (const stage of ['商务谈判', '签订合同']) { await go(stage); await at(stage) }
    await press(rep, '成功关闭')
    await confirm(rep)
    await at('成功关闭')
  })

  test('winning has made the contract; its payment terms are filled in and it is submitted', async () => {
    await rep.goto(`/contract?q=${encodeURIComponent(project)}`)
    await rep.getByRole('link', { name: project }).first().click()
    await heading(rep, project)
    contractUrl = rep.url()
    await press(rep, '编辑')
    const terms = rep.getByRole('group', { name: '付款条款' })
    for (const [i, [name, percent]] of ([['首付', '30'], ['进度款', '33.33'], ['尾款', '36.67']] as const).entries()) {
      await press(terms, '添加一行')
      await fill(terms, `款项名称 ${i + 1}`, name)
      await fill(terms, `比例 ${i + 1}`, percent)
      await choose(rep, terms, `起算依据 ${i + 1}`, '签订')
      await fill(terms, `账期（天） ${i + 1}`, String(i * 30))
    }
    await rep.keyboard.press('Control+s')
    await press(rep, '提交合同审批')
    await rep.locator('.ant-popover').getByRole('button', { name: '提交' }).click()
    await rep.getByText('审批中').first().waitFor()
  })

  test.each([['lin', 'manager'], ['shen', 'director'], ['tang', 'finance']])('%s approves in the inbox as %s', async (username) => {
    const page = await as(username)
    await page.goto('/inbox')
    const task = page.getByRole('button', { name: new RegExp(project) })
    await task.first().click()
    await heading(page, project)
    await press(page, '同意')
    await task.first().waitFor({ state: 'detached' })
    if (username === 'tang') finance = page
  })

  test('the contract is signed and its plan generated, to the cent', async () => {
    await rep.goto(contractUrl)
    await press(rep, '签订')
    await confirm(rep)
    await rep.getByText('已签订').first().waitFor()
    await finance.goto(contractUrl)
    await press(finance, '生成回款计划')
    await finance.getByRole('link', { name: '首付' }).first().waitFor()
    for (const amount of ['¥90,000.00', '¥99,990.00', '¥110,010.00']) await finance.getByText(amount).first().waitFor()
    await shown(finance, '计划回款', '¥300,000.00')
  })

  test('money is collected and every balance follows', async () => {
    await finance.getByRole('link', { name: '首付' }).first().click()
    await heading(finance, '首付')
    await press(finance, '回款')
    await fill(dialog(finance), '回款金额（合同币种）', '90000.01')
    await choose(finance, dialog(finance), '回款方式', '银行')
    await confirm(finance)
    await finance.getByText('回款超过计划金额').first().waitFor()
    await fill(dialog(finance), '回款金额（合同币种）', '40000')
    await confirm(finance)
    await shown(finance, '未回金额', '¥50,000.00')
    await rep.goto(contractUrl)
    await shown(rep, '已回款', '¥40,000.00')
    await shown(rep, '未回款', '¥260,000.00')
    await rep.goto(`/project?q=${encodeURIComponent(project)}`)
    await rep.getByRole('link', { name: project }).first().click()
    await shown(rep, '合同金额（人民币）', '¥300,000.00')
    await shown(rep, '已回款（人民币）', '¥40,000.00')
  })

  test('nothing was wrong in the console but the refusals that were meant', () => {
    expect(visitors.flatMap((v) => v.problems).filter((p) => !p.includes('422'))).toEqual([])
  })
})

test('a field added in the studio appears in a form that is open', async () => {
  const rep = await as('chen')
  await rep.goto('/customer/new')
  await rep.getByLabel(/^客户名称/).first().fill('写到一半的客户')
  const admin = await as('admin')
  await admin.goto('/studio/entity/customer')
  await press(admin, '添加字段')
  await fill(dialog(admin), '中文名称', '开票注意事项')
  await fill(dialog(admin), '英文名称', 'Invoicing note')
  await press(dialog(admin), '添加字段')
  await admin.getByText('草稿已保存').waitFor()
  await press(admin, '发布')
  await press(admin, '发布 \\d+ 项修改')
  await admin.getByText('现已生效').waitFor()
  await rep.getByLabel(/^开票注意事项/).first().waitFor()
  expect(await rep.getByLabel(/^客户名称/).first().inputValue()).toBe('写到一半的客户')
})
