/**
 * The inputs that are more than a line, in a real browser at a desk and on a phone: files, a drawn signature, rich text, a region, an address.
 *
 * @jest-environment ./test/support/screen-environment.ts
 */
import type { Browser, Page } from 'playwright-core'
import type { Definition } from '../../schemas/generated/types'
import { launchBrowser } from '../support/browser'
import { png } from '../support/files'
import { password, startTestHost, type TestHost } from '../support/host'
import { tester } from '../support/places'
import { fill, signIn, visit } from './screen'

jest.setTimeout(180_000)

const label = (en: string, zh: string) => ({ en, zh })
const entity: Definition = {
  kind: 'entity', name: 'delivery', label: label('Delivery', '送货单'), titleField: 'title', ownership: 'none',
  fields: [
    { name: 'title', type: 'text', label: label('Title', '标题'), required: true },
    { name: 'papers', type: 'file', label: label('Papers', '单据') },
    { name: 'signed', type: 'signature', label: label('Signed', '签收') },
    { name: 'note', type: 'richText', label: label('Note', '说明') },
    { name: 'area', type: 'region', label: label('Area', '地区') },
    { name: 'address', type: 'address', label: label('Address', '地址') },
    { name: 'quantity', type: 'integer', label: label('Quantity', '数量'), max: 10 },
  ],
}
const words = {
  'zh-CN': { title: '标题', quantity: '数量', choose: '选择文件', remove: /移除|删除/, keep: '使用此签名', bold: '加粗', note: '说明', area: '地区', street: '街道门牌', save: '保存', search: '西湖', place: '浙江省 / 杭州市 / 西湖区', line: /浙江省杭州市西湖区文三路 1 号/ },
  'en-US': { title: 'Title', quantity: 'Quantity', choose: 'Choose files', remove: /Remove/, keep: 'Use this signature', bold: 'Bold', note: 'Note', area: 'Area', street: 'Street and number', save: 'Save', search: 'xihu', place: 'Zhejiang / Hangzhou / Xihu District', line: /文三路 1 号, Xihu District, Hangzhou, Zhejiang/ },
}

let host: TestHost, browser: Browser
beforeAll(async () => {
  host = await startTestHost({ documents: [entity, tester([entity])] })
  await host.addUser({ username: 'zh-CN', roles: ['tester'], language: 'zh' })
  await host.addUser({ username: 'en-US', roles: ['tester'], language: 'en' })
  browser = await launchBrowser()
})
afterAll(async () => { await browser?.close(); await host?.close() })

const picturesOf = process.env.PICTURES
const look = async (page: Page, name: string) => { if (picturesOf) await page.screenshot({ path: `${picturesOf}/${name}.png`, fullPage: true }) }

async function chooseArea(page: Page, id: string, search: string, place: string) {
  const field = page.locator(`[id="${id}"]:not([readonly])`)
  await field.click()
  await field.fill(search)
  const open = page.locator('.ant-cascader-dropdown:not(.ant-select-dropdown-hidden)')
  await open.locator('.ant-cascader-menu-item', { hasText: place }).first().click()
  await open.waitFor({ state: 'hidden' })
}

describe.each([['zh-CN', 1440], ['en-US', 1440], ['zh-CN', 375], ['en-US', 375]] as const)('%s, %d pixels wide', (language, width) => {
  const say = words[language]
  test('a record with all of them', async () => {
    const { page, problems, close } = await visit(browser, host.url, language)
    await signIn(page, language, password)
    await page.setViewportSize({ width, height: 900 })
    await page.goto('/delivery/new')
    await fill(page, say.title, `${language} ${width}`)

    await page.locator('input[type=file][multiple]').setInputFiles([{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') }, { name: 'wrong.png', mimeType: 'image/png', buffer: png }])
    await page.getByRole('link', { name: /note\.txt/ }).waitFor()
    await page.getByRole('link', { name: /wrong\.png/ }).waitFor()
    await page.getByRole('button', { name: /wrong\.png/ }).click()
    await page.getByRole('link', { name: /wrong\.png/ }).waitFor({ state: 'detached' })

    const canvas = page.locator('canvas.fw-sign')
    await canvas.scrollIntoViewIfNeeded()
    const box = (await canvas.boundingBox())!
    await page.mouse.move(box.x + 20, box.y + 20)
    await page.mouse.down()
    for (const step of [1, 2, 3, 4]) await page.mouse.move(box.x + 20 + 25 * step, box.y + 20 + (step % 2) * 30)
    await page.mouse.up()
    await page.getByRole('button', { name: say.keep }).click()
    await page.locator('img.fw-picture').first().waitFor()

    const note = page.getByRole('textbox', { name: say.note })
    await note.click()
    await page.keyboard.type('plain ')
    await page.getByRole('button', { name: say.bold }).click()
    await page.keyboard.type('bold')

    await chooseArea(page, 'f_area', say.search, say.place)
    await chooseArea(page, 'f_address-region', say.search, say.place)
    await fill(page, say.street, '文三路 1 号')
    await look(page, `form-${language}-${width}`)

    // What is typed last is checked, and marked where it stands, even when saving follows at once.
    await fill(page, say.quantity, '11')
    await page.keyboard.press('Control+s')
    await page.locator('[id="f_quantity"][aria-invalid=true]').waitFor()
    await fill(page, say.quantity, '10')
    await page.keyboard.press('Control+s')
    await page.getByRole('heading', { name: `${language} ${width}` }).first().waitFor()

    await page.getByRole('link', { name: /note\.txt/ }).waitFor()
    await page.locator('.fw-rich strong', { hasText: 'bold' }).waitFor()
    await page.getByText(say.place).first().waitFor()
    await page.getByText(say.line).first().waitFor()
    await look(page, `detail-${language}-${width}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([])
    await close()
  })
})
