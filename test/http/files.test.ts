/** Files over the API: taken as they are, judged by their content, read with the rights of the records that hold them, gone when none does. */
import { existsSync, readdirSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FileInfo } from '../../schemas/files'
import type { Definition } from '../../schemas/generated/types'
import { openDiskFiles } from '../../server/files/disk'
import { collections } from '../../server/model/collections'
import { releaseFiles } from '../../server/records/files'
import { purgeRecord } from '../../server/use-cases/bin'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { purgeFiles } from '../../server/use-cases/files'
import { entity, field, label, role } from '../support/catalog'
import type { Client, ProblemBody } from '../support/client'
import { png } from '../support/files'
import { startTestHost, type TestHost } from '../support/host'

const documents: Definition[] = [
  entity('letter', [field('text', 'name'), field('file', 'papers', { max: 3 }), field('image', 'pictures'), field('signature', 'signed'), field('file', 'secret'), field('lines', 'rows', { fields: [field('file', 'proof', { accept: ['pdf'] })] })]),
  { kind: 'action', name: 'stamp', entity: 'letter', label, input: [field('file', 'papers')], steps: [{ id: 's', kind: 'setField', values: { papers: 'input.papers' } }] },
  role('writer', { grants: [{ entity: 'letter', verbs: ['create', 'read', 'update', 'delete'], scope: 'own', actions: ['stamp'] }] }),
  role('reader', { grants: [{ entity: 'letter', verbs: ['read'], scope: 'all', fields: { secret: 'hidden', signed: 'mask' } }] }),
]

let host: TestHost
let ann: Client
let ben: Client
let eve: Client
beforeAll(async () => {
  host = await startTestHost({ documents })
  for (const [username, roles] of [['ann', ['writer']], ['ben', ['writer']], ['eve', ['reader']]] as const) await host.addUser({ username, roles: [...roles] })
  ;[ann, ben, eve] = await Promise.all(['ann', 'ben', 'eve'].map((name) => host.signIn(name))) as [Client, Client, Client]
})
afterAll(() => host?.close())

const boundary = 'between-the-parts'
const multipart = (name: string, content: Buffer, type = 'application/octet-stream') => Buffer.concat([Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`), content, Buffer.from(`\r\n--${boundary}--\r\n`)])
const send = (who: Client, name: string, content: Buffer | string, type?: string) => who.request<FileInfo & ProblemBody>('POST', '/files', { raw: multipart(name, Buffer.from(content as string), type), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } })
const upload = async (who: Client, name: string, content: Buffer | string) => (await who.must(send(who, name, content))).id
const fetchFile = (who: Client, id: string, headers = {}) => fetch(`${host.url}/api/v1/files/${id}`, { headers: { cookie: who.cookie, ...headers } })
const statuses = (id: string) => Promise.all([ann, ben, eve].map(async (who) => (await fetchFile(who, id)).status))
const problems = (answer: { status: number; body: unknown }) => [answer.status, ...((answer.body as ProblemBody).problems ?? []).map((p) => `${p.path} ${p.code}`)]

describe('taking a file', () => {
  test('it comes back as it was, with its digest, and only to who sent it', async () => {
    const { status, body, headers } = await send(ann, '合同 (final).txt', 'Dear all,\n敬启者', 'text/html')
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/api/v1/files/${body.id}`)
    expect(body).toMatchObject({ name: '合同 (final).txt', type: 'text/plain', size: 19, uploadedBy: ann.userId })
    const answer = await fetchFile(ann, body.id)
    expect(await answer.text()).toBe('Dear all,\n敬启者')
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="__ (final).txt"; filename*=UTF-8''%E5%90%88%E5%90%8C%20%28final%29.txt`)
    expect((await fetchFile(ann, body.id, { 'if-none-match': answer.headers.get('etag')!, 'cache-control': 'max-age=0' })).status).toBe(304)
    expect(await statuses(body.id)).toEqual([200, 404, 404])
    expect((await ben.get(`/files/${body.id}/info`)).status).toBe(404)
  })

  test.each([
    ['../../etc/passwd', 'passwd'], ['..\\\\..\\\\boot.ini', 'boot.ini'], ['/', 'file'], ['..', 'file'], ['.htaccess', 'htaccess'], ['a\u202Egnp.exe', 'agnp.exe'], [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(96)}.pdf`], ['con<script>.txt', 'conscript.txt'],
  ])('the name %j becomes %j', async (given, kept) => {
    expect((await ann.must(send(ann, given, 'x'))).name).toBe(kept)
  })

  test.each([
    ['photo.txt', png, 'image/png'], ['a.png', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'text/plain'], ['a.png', '<!doctype html><script>alert(1)</script>', 'text/plain'],
    ['report.docx', Buffer.from('PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\x08\x02[Content_Types].xml'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['report.exe', Buffer.from('PK\x03\x04…word/document.xml'), 'application/zip'], ['setup.pdf', Buffer.from('MZ\x90\0\x03\0'), 'application/octet-stream'], ['bomb.gz', gzipSync(Buffer.alloc(50_000_000)), 'application/gzip'],
  ])('%s is what its content is', async (name, content, type) => {
    const { id, ...file } = await ann.must(send(ann, name, content, 'image/png'))
    expect(file.type).toBe(type)
    const { headers } = await fetchFile(ann, id)
    expect(headers.get('content-type')).toBe(type)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(headers.get('content-disposition')).toMatch(type === 'image/png' ? /^inline/ : /^attachment/)
  })

  test('nothing, too much, and what is no upload are refused, and nothing is kept of them', async () => {
    const files = () => host.services.store.count({ name: 's_file', columns: [], indexes: [] }, {})
    const before = await files()
    expect(problems(await send(ann, 'empty.txt', ''))).toEqual([422, ' emptyFile'])
    expect((await send(ann, 'large.bin', Buffer.alloc(1024 * 1024 + 1))).body).toMatchObject({ status: 413, code: 'tooLargeBody' })
    expect((await send(ann, 'just.bin', Buffer.alloc(1024 * 1024))).status).toBe(201)
    expect((await ann.post('/files', { name: 'a' })).status).toBe(415)
    const odd = (raw: string, type = `multipart/form-data; boundary=${boundary}`) => ann.request<ProblemBody>('POST', '/files', { raw, headers: { 'content-type': type } })
    expect((await odd('x', 'multipart/form-data')).body).toMatchObject({ status: 400, code: 'noFile' })
    expect((await odd('nonsense')).body).toMatchObject({ status: 400, code: 'noFile' })
    expect((await odd(`--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--${boundary}--\r\n`)).body).toMatchObject({ status: 400, code: 'noFile' })
    expect((await odd(multipart('cut.txt', Buffer.from('half')).toString().slice(0, -20))).body).toMatchObject({ status: 400, code: 'noFile' })
    expect((await ann.request('POST', '/files', { raw: multipart('a', Buffer.from('x')), headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'x-csrf-token': 'wrong' } })).status).toBe(403)
    expect((await fetch(`${host.url}/api/v1/files`, { method: 'POST', body: new FormData() })).status).toBe(401)
    expect(await files()).toBe(before + 1)
  })

  test('who leaves in the middle leaves nothing', async () => {
    const { port } = new URL(host.url)
    const incoming = join(host.dataDir, 'files/incoming')
    await new Promise<void>((resolve) => {
      const socket = new Socket().connect(Number(port), '127.0.0.1', () => {
        const body = multipart('half.bin', Buffer.alloc(100_000)).subarray(0, 60_000)
        socket.write(`POST /api/v1/files HTTP/1.1\r\nHost: x\r\nCookie: ${ann.cookie}\r\nX-CSRF-Token: ${ann.csrf}\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: 100300\r\n\r\n`)
        socket.write(body, () => { socket.destroy(); resolve() })
      })
    })
    for (let left = 1; left > 0 || existsSync(join(incoming, 'x')); left = readdirSync(incoming).length) await new Promise((next) => setTimeout(next, 20))
    expect(readdirSync(incoming)).toEqual([])
  })
})

describe('holding files', () => {
  test('whoever sees the record with the field reads the file; a hidden or masked field gives nothing away', async () => {
    const [paper, hidden, name] = await Promise.all([upload(ann, 'paper.txt', 'a'), upload(ann, 'hidden.txt', 'b'), upload(ann, 'name.png', png)])
    const { id } = await ann.create('letter', { name: 'a', papers: [paper], secret: [hidden], signed: name })
    expect(await statuses(paper)).toEqual([200, 404, 200])
    expect(await statuses(hidden)).toEqual([200, 404, 404])
    expect(await statuses(name)).toEqual([200, 404, 404])
    const { $titles, ...seen } = await eve.must(eve.get(`/records/letter/${id}`, { titles: 'true' }))
    expect(seen).toMatchObject({ papers: [paper], signed: '•••' })
    expect($titles).toMatchObject({ [paper]: 'paper.txt' })
    expect(Object.keys($titles as object)).not.toContain(hidden)
    await ann.must(ann.delete(`/records/letter/${id}`))
    expect(await statuses(paper)).toEqual([200, 404, 200])
    await ann.must(ann.post(`/records/letter/${id}/restore`))
    expect(await statuses(paper)).toEqual([200, 404, 200])
  })

  test("nobody holds a foreign person's file: not in a field, a row, nor through an action", async () => {
    const foreign = await upload(ben, 'foreign.pdf', '%PDF-1.4')
    const held = await upload(ben, 'held.pdf', '%PDF-1.4')
    await ben.create('letter', { name: 'ben', papers: [held] })
    for (const id of [foreign, held, 'nothing']) {
      expect(problems(await ann.post('/records/letter', { papers: [id], rows: [{ proof: [id] }] }))).toEqual([422, '/papers/0 noSuchRecord', '/rows/0/proof/0 noSuchRecord'])
      const { id: mine } = await ann.create('letter', { name: 'a' })
      expect(problems(await ann.action('letter', mine, 'stamp', { papers: [id] }))).toEqual([422, '/input/papers/0 noSuchRecord'])
      expect(problems(await ann.patch(`/records/letter/${mine}`, { signed: id }))).toEqual([422, '/signed noSuchRecord'])
    }
    expect(await statuses(foreign)).toEqual([404, 200, 404])
  })

  test('what a field does not take is named with what it takes', async () => {
    const text = await upload(ann, 'a.png', 'no picture')
    const answer = await ann.post<ProblemBody>('/records/letter', { pictures: [text], rows: [{ proof: [text] }] })
    expect(problems(answer)).toEqual([422, '/pictures/0 badFileType', '/rows/0/proof/0 badFileType'])
    expect(answer.body.problems[0]!.message).toBe('pictures: “a.png” is not of an allowed kind (image).')
  })

  test('who changes a record keeps files that others put there, and the history tells names', async () => {
    const [first, second] = [await upload(ann, 'first.txt', '1'), await upload(ann, 'second.txt', '2')]
    const { id } = await ann.create('letter', { papers: [first] })
    await ann.must(ann.action('letter', id, 'stamp', { papers: [second] }))
    const { items, titles } = await ann.must(ann.get<{ items: { changes: unknown[] }[]; titles: Record<string, string> }>(`/records/letter/${id}/history`))
    expect(items[0]!.changes).toEqual([{ field: 'papers', from: [first], to: [second] }])
    expect(titles).toMatchObject({ [first]: 'first.txt', [second]: 'second.txt' })
  })
})

describe('removal', () => {
  const later = (hours: number) => ({ ...host.services, clock: { ...host.services.clock, now: () => new Date(Date.parse(host.services.clock.now()) + hours * 3_600_000).toISOString() } })

  test('what no record holds goes after a day; a name that a history tells stays', async () => {
    const [never, held, dropped] = [await upload(ann, 'never.txt', '1'), await upload(ann, 'held.txt', '2'), await upload(ann, 'dropped.txt', '3')]
    const { id } = await ann.create('letter', { papers: [held, dropped], rows: [] })
    await ann.must(ann.patch(`/records/letter/${id}`, { papers: [held] }))
    await purgeFiles(later(23))
    expect((await Promise.all([never, held, dropped].map((file) => fetchFile(ann, file)))).map((r) => r.status)).toEqual([200, 200, 200])
    await purgeFiles(later(25))
    expect((await Promise.all([never, held, dropped].map((file) => fetchFile(ann, file)))).map((r) => r.status)).toEqual([404, 200, 404])
    expect(problems(await ann.patch(`/records/letter/${id}`, { papers: [held, dropped] }))).toEqual([422, '/papers/1 noSuchRecord'])
    const { titles } = await ann.must(ann.get<{ titles: Record<string, string> }>(`/records/letter/${id}/history`))
    expect(titles[dropped]).toBe('dropped.txt')
    await expect(host.services.files.open(dropped)).rejects.toThrow('ENOENT')
    ;(await host.services.files.open(held)).destroy()
  })
})

test('a record removed for good, and a field, hold nothing any more', async () => {
  const [kept, lost] = [await upload(ann, 'kept.txt', '1'), await upload(ann, 'lost.txt', '2')]
  const { id } = await ann.create('letter', { papers: [kept], secret: [lost] })
  const holders = (file: string) => host.services.store.count(collections.attachment, { where: { path: ['file'], op: 'eq', value: file } })
  const ctx = asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system')
  await ctx.store.transaction((tx) => releaseFiles({ ...ctx, tx }, { entity: 'letter', field: 'secret' }))
  expect([await holders(kept), await holders(lost)]).toEqual([1, 0])
  await ann.must(ann.delete(`/records/letter/${id}`))
  await purgeRecord(ctx, 'letter', id)
  expect(await holders(kept)).toBe(0)
  expect(await statuses(kept)).toEqual([200, 404, 404])
})

test('an id that is none never becomes a path', async () => {
  const files = await openDiskFiles(join(host.dataDir, 'other'))
  for (const id of ['../x', '..', '', 'a/b', `${'0'.repeat(8)}-0000-0000-0000-00000000000/`]) {
    await expect(files.put(id, (async function* () { yield Buffer.from('x') })())).rejects.toThrow('not the id')
    await expect(files.open(id)).rejects.toThrow('not the id')
    await expect(files.remove(id)).rejects.toThrow('not the id')
  }
  for (const path of ['..%2f..%2fformwright.db', '%00', 'x'.repeat(500)]) expect((await fetchFile(ann, path)).status).toBe(404)
})
