/** Approvals as those who take part see them: what a step hides, files in a decision, urging, withdrawing, a deletion that waits; and a step that asks another system, drawn in the studio. In a real browser. `PICTURES=folder` keeps pictures. */
import type { Browser, Page } from 'playwright-core'
import type { Definition, Flow, FlowNode } from '../../schemas/generated/types'
import { launchBrowser } from '../support/browser'
import { entity, field, role } from '../support/catalog'
import { approved, ask, flow, start } from '../support/flows'
import { password, startTestHost, type TestHost } from '../support/host'
import { fill, press, signIn, visit } from './screen'

jest.setTimeout(240_000)

const words = (en: string, zh: string) => ({ label: { en, zh } })
const boss = (members = {}): FlowNode => ask('boss', 'mia', { ...words('Manager', '经理审批'), fields: [{ field: 'cost', access: 'hidden' }], actions: ['approve', 'reject', 'return', 'transfer', 'delegate', 'addSignBefore', 'addSignAfter', 'cc'], onReturn: {}, ...members })
const on = (name: string, en: string, zh: string, members: Partial<Flow> = {}): Flow => ({ ...flow([start, boss(), approved], ['start > boss', 'boss > approved'], members), name, entity: 'offer', label: { en, zh } })
const documents: Definition[] = [
  entity('offer', [field('text', 'name', { required: true, ...words('Name', '名称') }), field('money', 'cost', words('Our cost', '成本')), field('text', 'note', words('Remark', '备注'))], { label: { en: 'Offer', zh: '报价' } }),
  on('check', 'Check', '报价审批', { settings: { withdraw: 'untilFinal' } }), on('drop', 'Deletion', '删除审批', { trigger: { on: ['delete'] } }),
  role('seller', { grants: [{ entity: 'offer', verbs: ['create', 'read', 'update', 'delete'], scope: 'own', flows: ['check', 'drop'] }] }),
  role('boss', { grants: [{ entity: 'offer', verbs: ['read'], scope: 'own' }] }),
  role('builder', { capabilities: ['studio'], grants: ['offer', 'user'].map((name) => ({ entity: name, verbs: ['read'], scope: 'all' })) }),
]

let host: TestHost, browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
  host = await startTestHost({ documents })
  for (const [username, name, of] of [['ann', '安然', 'seller'], ['mia', '米娅', 'boss'], ['kim', '金姆', 'builder']] as const) await host.addUser({ username, name, roles: [of] })
})
afterAll(async () => { await browser?.close(); await host?.close() })

const folder = process.env.PICTURES
const look = async (page: Page, name: string) => { if (folder) { await page.waitForTimeout(400); await page.screenshot({ path: `${folder}/approvals-${name}.png` }) } }
const make = async (name: string) => { const ann = await host.signIn('ann'); return (await ann.create('offer', { name, cost: '777.00', note: '加急' })).id }
const submitted = async (name: string) => {
  const record = await make(name)
  const ann = await host.signIn('ann')
  await ann.must(ann.post(`/records/offer/${record}/flows/check`, {}))
  return record
}
const trailOf = async (record: string) => {
  const ann = await host.signIn('ann')
  return (await ann.must(ann.get<{ items: { status: string; trail: { kind: string; attachments?: string[] }[] }[] }>(`/records/offer/${record}/flow-instances`))).items[0]!
}
async function as(username: string, language: 'zh' | 'en', width: number) {
  await host.stage.engine.update('user', (await host.holder.current()).directory.byName(username)!.id, { language })
  const visitor = await visit(browser, host.url, language === 'zh' ? 'zh-CN' : 'en-US', width)
  await signIn(visitor.page, username, password)
  return visitor
}
const paper = { name: 'calculation.txt', mimeType: 'text/plain', buffer: Buffer.from('1 + 1 = 2') }

const said = {
  zh: { approve: '同意', attach: '添加附件', comment: '评论', approved: '已同意。', remark: '备注', cost: '成本', submit: '提交', check: '提交报价审批', submitted: '已提交。', urge: '催办', urging: '催办', urged: '已催办。', commented: '已评论。', withdraw: '撤回', withdrawn: '已撤回。', more: '更多', delete: '删除', held: '尚未删除：删除申请已提交审批', asks: '申请删除本记录。', notices: /条未读/, ended: /审批结束（已同意）/, inBin: '记录在回收站中。' },
  en: { approve: 'Approve', attach: 'Attach files', comment: 'Comment', approved: 'Approved.', remark: 'Remark', cost: 'Our cost', submit: 'Submit', check: 'Submit: Check', submitted: 'Submitted.', urge: 'Urge', urging: 'urged', urged: 'They were urged.', commented: 'Comment added.', withdraw: 'Withdraw', withdrawn: 'Withdrawn.', more: 'More', delete: 'Delete', held: 'Not deleted yet: the deletion waits for approval', asks: 'Asks that this record be deleted.', notices: /unread/, ended: /Approval ended \(approved\)/, inBin: 'It is in the recycle bin.' },
}
const places = [['zh', 1440], ['en', 375]] as const

test.each(places)('who decides does not see what the step hides, and attaches a file, %s, %d pixels wide', async (language, width) => {
  const w = said[language]
  const record = await submitted(`电机磁钢 ${language}`)
  const { page, problems, close } = await as('mia', language, width)
  await page.goto('/inbox')
  await page.getByRole('button', { name: new RegExp(`电机磁钢 ${language}`) }).click()
  await page.getByText(w.remark).first().waitFor()
  expect([await page.getByText(w.cost).count(), await page.getByText('777').count()]).toEqual([0, 0])
  await look(page, `inbox-${language}-${width}`)
  await page.getByRole('button', { name: w.attach }).click()
  await page.locator('input[type=file]').setInputFiles(paper)
  await page.getByText(paper.name).first().waitFor()
  await look(page, `decide-${language}-${width}`)
  await press(page, w.approve)
  await page.getByText(w.approved).waitFor()
  const { status, trail } = await trailOf(record)
  expect([status, trail.find((t) => t.kind === 'approved')!.attachments]).toEqual(['approved', [expect.any(String)]])
  expect(problems).toEqual([])
  await close()
})

test.each(places)('who submitted urges, comments with a file, and withdraws, %s, %d pixels wide', async (language, width) => {
  const w = said[language]
  const record = await make(`卡钳 ${language}`)
  const { page, problems, close } = await as('ann', language, width)
  await page.goto(`/offer/${record}`)
  await press(page, w.check)
  await press(page.getByRole('tooltip'), w.submit)
  await page.getByText(w.submitted).waitFor()
  await press(page, w.urge)
  await page.getByText(w.urged).waitFor()
  await press(page, w.comment)
  const box = page.getByRole('tooltip').filter({ has: page.getByRole('textbox') })
  await box.getByRole('textbox').fill('the last page is missing')
  await box.getByRole('button', { name: w.attach }).click()
  await box.locator('input[type=file]').setInputFiles(paper)
  await box.getByText(paper.name).waitFor()
  await look(page, `comment-${language}-${width}`)
  await press(box, w.comment)
  await page.getByText(w.commented).waitFor()
  await page.getByText('the last page is missing').first().waitFor()
  await page.locator('.fw-event-text').filter({ hasText: w.urging }).waitFor()
  await look(page, `trail-${language}-${width}`)
  await press(page, w.withdraw)
  await page.getByText(w.withdrawn).waitFor()
  const { status, trail } = await trailOf(record)
  expect([status, trail.map((t) => [t.kind, t.attachments?.length ?? 0])]).toEqual(['withdrawn', [['submitted', 0], ['urged', 0], ['commented', 1], ['withdrawn', 0], ['ended', 0]]])
  expect(problems).toEqual([])
  await close()
})

test.each(places)('a deletion waits for its approval; who asked for it is told, %s, %d pixels wide', async (language, width) => {
  const w = said[language]
  const record = await make(`旧报价 ${language}`)
  const ann = await as('ann', language, width)
  await ann.page.goto(`/offer/${record}`)
  await ann.page.getByRole('button', { name: w.more }).last().click()
  await ann.page.getByRole('menuitem', { name: w.delete }).click()
  await ann.page.getByText(w.held).first().waitFor()
  await look(ann.page, `held-${language}-${width}`)
  const mia = await as('mia', language, width)
  await mia.page.goto('/inbox')
  await mia.page.getByRole('button', { name: new RegExp(`旧报价 ${language}`) }).click()
  await mia.page.getByText(w.asks).waitFor()
  await look(mia.page, `deletion-${language}-${width}`)
  await press(mia.page, w.approve)
  await mia.page.getByText(w.approved).waitFor()
  await ann.page.goto('/')
  await ann.page.getByRole('button', { name: w.notices }).click()
  await ann.page.getByRole('link', { name: w.ended }).filter({ hasText: `旧报价 ${language}` }).click()
  await ann.page.getByText(w.asks).waitFor()
  await ann.page.getByText(w.inBin).waitFor()
  await look(ann.page, `gone-${language}-${width}`)
  // The record that both had open is not there any more.
  expect([...ann.problems, ...mia.problems].filter((said) => !said.includes('404'))).toEqual([])
  await ann.close()
  await mia.close()
})

test.each(places)('a step that asks another system is drawn and filled in, %s, %d pixels wide', async (language, width) => {
  const w = { zh: { insert: '在 boss 与 approved 之间插入', kind: '调用外部系统', address: '地址', open: '尚无条件' }, en: { insert: 'Insert between boss and approved', kind: 'Another system', address: 'Address', open: 'no condition yet' } }[language]
  const kim = await host.signIn('kim')
  await kim.delete('/definitions/flow/check')
  const { page, problems, close } = await as('kim', language, width)
  await page.goto('/studio/flow/check')
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.request().postData()?.includes('rating.example.com') === true)
  const plus = page.getByRole('button', { name: w.insert })
  await plus.waitFor()
  await look(page, `canvas-${language}-${width}`)
  await plus.click()
  await look(page, `insert-${language}-${width}`)
  await page.getByRole('menuitem', { name: w.kind }).click()
  await fill(page, w.address, 'https://rating.example.com/score')
  await look(page, `service-${language}-${width}`)
  await page.keyboard.press('Tab')
  await saved
  const { draft } = await kim.must(kim.get<{ draft: { definition: Flow } }>('/definitions/flow/check'))
  expect(await page.getByText(w.open).count()).toBe(0)
  expect(draft.definition.nodes).toContainEqual(expect.objectContaining({ type: 'service', url: 'https://rating.example.com/score' }))
  expect(problems).toEqual([])
  await close()
})
