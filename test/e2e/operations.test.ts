/** An administrator repairs what is stuck and sends again what was given up; an approver without rights on users gives a task on. In a real browser. `PICTURES=folder` keeps pictures. */
import type { Browser, Page } from 'playwright-core'
import type { Definition, Flow } from '../../schemas/generated/types'
import { launchBrowser } from '../support/browser'
import { entity, field, role } from '../support/catalog'
import { approved, ask, by, flow, start } from '../support/flows'
import { password, startTestHost, type TestHost } from '../support/host'
import { startReceiver, type Receiver } from '../support/receiver'
import { dialog, press, signIn, visit } from './screen'

jest.setTimeout(240_000)

const label = { en: 'Check', zh: '检查' }
const onThing = (name: string, definition: Flow): Flow => ({ ...definition, name, entity: 'thing', label, recordPolicy: { lock: 'none' } })
let host: TestHost, browser: Browser, partner: Receiver
beforeAll(async () => {
  browser = await launchBrowser()
  partner = await startReceiver()
  const documents: Definition[] = [
    entity('thing', [field('text', 'name', { required: true, label: { en: 'Name', zh: '名称' } }), field('text', 'note')], { label: { en: 'Thing', zh: '物品' } }),
    onThing('fragile', flow([start, by, ask('first', 'mia', { label: { en: 'Manager', zh: '经理审批' } }), approved], ['start > by', "by > first when addDays(note, 1) > '2026-01-01'", 'by > approved else', 'first > approved'])),
    { ...onThing('cared', flow([start, by, ask('first', 'mia'), approved], ['start > by', "by > first when addDays(note, 1) > '2026-01-01'", 'by > approved else', 'first > approved'])), admins: [{ kind: 'user', user: 'ian' }] },
    onThing('plain', flow([start, ask('first', 'mia', { actions: ['approve', 'reject', 'transfer'] }), approved], ['start > first', 'first > approved'])),
    { kind: 'action', name: 'tell', entity: 'thing', label, steps: [{ id: 'tell', kind: 'webhook', url: `${partner.url}/things`, onError: 'fail' }] },
    role('worker', { grants: [{ entity: 'thing', verbs: ['create', 'read', 'update'], scope: 'all', flows: ['fragile', 'plain', 'cared'], actions: ['tell'] }] }),
    role('approver', { grants: [{ entity: 'thing', verbs: ['read'], scope: 'own' }] }),
    role('carer', { grants: [] }),
    role('keeper', { capabilities: ['studio', 'users'], grants: [{ entity: 'thing', verbs: ['read'], scope: 'all' }, { entity: 'user', verbs: ['read'], scope: 'all' }] }),
  ]
  host = await startTestHost({ documents })
  for (const [username, name, roles] of [['ann', '安然', ['worker']], ['mia', '米娅', ['approver']], ['dan', '丹尼尔', ['approver']], ['ian', '伊恩', ['carer']], ['kim', '金姆', ['keeper']]] as const) await host.addUser({ username, name, roles: [...roles] })
})
afterAll(async () => { await browser?.close(); await host?.close(); await partner?.close() })

const folder = process.env.PICTURES
const look = async (page: Page, name: string) => { if (folder) await page.screenshot({ path: `${folder}/operations-${name}.png` }) }
const submit = async (title: string, name: string, members = {}) => {
  const ann = await host.signIn('ann')
  const { id } = await ann.create('thing', { name: title, ...members })
  await ann.must(ann.post(`/records/thing/${id}/flows/${name}`, {}))
  return id
}

const words = {
  zh: { move: '跳转', reason: '原因', node: '到节点', done: '已处理，并记入审批轨迹。', deliveries: '外发', again: '重新发送', sent: '将以相同标识重新发送。', manager: '经理审批' },
  en: { move: 'Move', reason: 'Reason', node: 'To step', done: 'Done; it is in the trail.', deliveries: 'Deliveries', again: 'Send again', sent: 'It is sent again, under the same id.', manager: 'Manager' },
}

test.each([['zh', 1440], ['zh', 375], ['en', 1440], ['en', 375]] as const)('an administrator, %s, %d pixels wide', async (language, width) => {
  const w = words[language]
  await host.stage.engine.update('user', (await host.holder.current()).directory.byName('kim')!.id, { language })
  const record = await submit(`磁钢 ${language} ${width}`, 'fragile', { note: 'no day' })
  partner.answers.push({ status: 500 })
  const ann = await host.signIn('ann')
  await ann.must(ann.action('thing', record, 'tell'))
  await host.worker.runDue()
  const { page, problems, close } = await visit(browser, host.url, language === 'zh' ? 'zh-CN' : 'en-US', width)
  await signIn(page, 'kim', password)

  await page.goto('/studio/operations')
  const row = page.getByRole('row').filter({ hasText: `磁钢 ${language} ${width}` })
  await row.waitFor()
  await look(page, `stuck-${language}-${width}`)
  await row.getByRole('button', { name: w.move }).click()
  await dialog(page).getByLabel(w.node).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: w.manager }).click()
  await dialog(page).getByLabel(w.reason).fill('the note was wrong')
  await look(page, `move-${language}-${width}`)
  await dialog(page).getByRole('button', { name: w.move }).click()
  await page.getByText(w.done).waitFor()
  await row.waitFor({ state: 'detached' })
  expect((await ann.must(ann.get<{ items: object[] }>(`/records/thing/${record}/flow-instances`))).items).toEqual([expect.objectContaining({ status: 'running', tokens: [expect.objectContaining({ node: 'first' })] })])

  await page.getByRole('tab', { name: w.deliveries }).click()
  const delivery = page.getByRole('row').filter({ hasText: '/things' })
  await delivery.waitFor()
  await look(page, `deliveries-${language}-${width}`)
  await delivery.getByRole('button', { name: w.again }).click()
  await page.getByText(w.sent).waitFor()
  await delivery.waitFor({ state: 'detached' })
  expect(problems).toEqual([])
  await close()
})

test.each([['zh', 1440], ['en', 375]] as const)('whom a flow names as its administrator repairs it from the inbox, %s, %d pixels wide', async (language, width) => {
  const w = { zh: { notices: /条未读/, told: /审批流程异常/, repair: '处理', end: '终止', reason: '原因', done: '已处理，并记入审批轨迹。', none: '所有审批运行正常' }, en: { notices: /unread/, told: /An approval is stuck/, repair: 'Repair', end: 'End it', reason: 'Reason', done: 'Done; it is in the trail.', none: 'Every approval goes on' } }[language]
  await host.stage.engine.update('user', (await host.holder.current()).directory.byName('ian')!.id, { language })
  const record = await submit(`钕铁硼 ${language}`, 'cared', { note: 'no day' })
  const { page, problems, close } = await visit(browser, host.url, language === 'zh' ? 'zh-CN' : 'en-US', width)
  await signIn(page, 'ian', password)
  await page.getByRole('button', { name: w.notices }).click()
  await page.getByRole('link', { name: w.told }).filter({ hasText: `钕铁硼 ${language}` }).click()
  await page.getByRole('button', { name: new RegExp(w.repair) }).click()
  await look(page, `admin-${language}-${width}`)
  await page.getByRole('menuitem', { name: w.end }).click()
  await dialog(page).getByLabel(w.reason).fill('entered twice')
  await dialog(page).getByRole('button', { name: w.end }).click()
  await page.getByText(w.done).waitFor()
  await page.getByText(w.none).waitFor()
  await look(page, `admin-done-${language}-${width}`)
  const ann = await host.signIn('ann')
  expect((await ann.must(ann.get<{ items: object[] }>(`/records/thing/${record}/flow-instances`))).items).toEqual([expect.objectContaining({ status: 'terminated' })])
  expect(problems).toEqual([])
  await close()
})

test('somebody without rights on users finds by name whom to give a task', async () => {
  const record = await submit('要转交', 'plain')
  const { page, problems, close } = await visit(browser, host.url, 'en-US')
  await signIn(page, 'mia', password)
  await page.goto('/inbox')
  await page.getByText('要转交').first().click()
  await page.getByRole('button', { name: 'More' }).last().click()
  await page.getByRole('menuitem', { name: 'Transfer' }).click()
  const who = page.getByRole('group', { name: 'Transfer' }).getByLabel('Choose people')
  await who.click()
  await who.fill('丹')
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '丹尼尔' }).click()
  await press(page.getByRole('group', { name: 'Transfer' }), 'Transfer')
  await page.locator('.ant-message-notice').first().waitFor()
  const dan = await host.signIn('dan')
  expect((await dan.must(dan.get<{ items: object[] }>('/tasks'))).items).toEqual([expect.objectContaining({ record, via: 'transfer' })])
  expect(problems).toEqual([])
  await close()
})

test('what waits for a person is handed over on their page', async () => {
  const record = await submit('要移交', 'plain')
  const { page, problems, close } = await visit(browser, host.url, 'zh-CN')
  await host.stage.engine.update('user', (await host.holder.current()).directory.byName('kim')!.id, { language: 'zh' })
  await signIn(page, 'kim', password)
  await page.goto(`/user/${(await host.holder.current()).directory.byName('mia')!.id}`)
  await page.getByRole('button', { name: '更多' }).last().click()
  await page.getByRole('menuitem', { name: '移交待办' }).click()
  await dialog(page).getByRole('combobox', { name: '接手人' }).fill('丹')
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '丹尼尔' }).click()
  await look(page, 'hand-over-zh-1440')
  await press(dialog(page), '移交')
  await page.getByText(/已移交\d+个审批/).waitFor()
  const dan = await host.signIn('dan')
  expect((await dan.must(dan.get<{ items: { record: string }[] }>('/tasks'))).items.map((t) => t.record)).toContain(record)
  expect(problems).toEqual([])
  await close()
})
