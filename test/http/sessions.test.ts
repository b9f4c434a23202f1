/** Signing in and out, the token that writes need, passwords, the reader's language; and that the store holds nothing to sign in with. */
import { createHash } from 'node:crypto'
import { collections } from '../../server/model/collections'
import { Client, type ProblemBody } from '../support/client'
import { password, startTestHost, type TestHost } from '../support/host'
import { customerInput } from '../support/sales'

let host: TestHost
const id: Record<string, string> = {}
beforeAll(async () => {
  host = await startTestHost()
  for (const [username, role] of [['rep', 'salesRep'], ['clerk', 'dataClerk'], ['admin', 'admin'], ['gone', 'salesRep'], ['victim', 'salesRep'], ['zhang', 'salesRep']] as const) id[username] = (await host.addUser({ username, roles: [role], language: username === 'zhang' ? 'zh' : 'en' })).id
})
afterAll(() => host?.close())

const signIn = (username: unknown, secret: unknown, headers = {}) => new Client(host.url).post<ProblemBody>('/session', { username, password: secret }, headers)

describe('signing in', () => {
  test('gives a cookie that scripts cannot read and a token for writes', async () => {
    const { status, headers, body } = await new Client(host.url).post<{ csrfToken: string; user: object }>('/session', { username: 'rep', password })
    expect(status).toBe(200)
    expect(headers.get('set-cookie')).toMatch(/^fw_session=[\w-]{43}; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/)
    expect(body).toEqual({ csrfToken: expect.stringMatching(/^[\w-]{43}$/) as string, user: { id: id.rep, username: 'rep', name: 'rep', roles: ['salesRep'], department: null, language: 'en' } })
  })

  test('the user name in any case', async () => expect((await signIn('REP', password)).status).toBe(200))

  test.each<[string, unknown, unknown]>([['a wrong password', 'rep', 'wrong password'], ['an unknown name', 'nobody', password], ['a name of JavaScript', '__proto__', password], ['somebody without a password', 'system', password]])('%s: the same answer', async (_, username, secret) => {
    const { status, body, headers } = await signIn(username, secret)
    expect({ status, code: body.code, detail: body.detail, problems: body.problems }).toEqual({ status: 401, code: 'badCredentials', detail: 'User name or password is wrong.', problems: [] })
    expect(headers.get('set-cookie')).toBeNull()
  })

  test('not for who left', async () => {
    await host.stage.engine.update('user', id.gone!, { active: false })
    expect((await signIn('gone', password)).body).toMatchObject({ status: 401, code: 'badCredentials' })
  })

  test.each([[{}], [{ username: 'rep' }], [{ username: 'rep', password: 5 }], [{ username: ['rep'], password }], [{ username: 'rep', password, admin: true }], [{ username: 'x'.repeat(100), password }], [{ username: 'rep', password: 'x'.repeat(300) }]])('%j is not understood', async (body) => {
    expect((await new Client(host.url).post('/session', body)).status).toBe(400)
  })

  test('ten wrong passwords, then a pause for that name; others are not held up', async () => {
    const answers = []
    for (let i = 0; i < 12; i++) answers.push((await signIn('victim', `guess ${i}`)).status)
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429])
    const { status, body, headers } = await signIn('VICTIM', password, { 'accept-language': 'zh-CN' })
    expect({ status, code: body.code }).toEqual({ status: 429, code: 'tooManyRequests' })
    expect(body.detail).toMatch(/尝试过于频繁/)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await signIn('rep', password)).status).toBe(200)
  })
})

describe('the token', () => {
  test('is needed for every write, and it is that of the session', async () => {
    const clerk = await host.signIn('clerk')
    const other = await host.signIn('clerk')
    const { id: record } = await clerk.create('customer', customerInput())
    for (const csrf of ['', 'wrong', other.csrf]) {
      const forged = Object.assign(new Client(host.url), { cookie: clerk.cookie, csrf })
      for (const answer of [
        await forged.post('/records/customer', customerInput()), await forged.patch(`/records/customer/${record}`, { shortName: 'x' }), await forged.delete(`/records/customer/${record}`),
        await forged.post('/me/password', { current: password, password: 'another one' }), await forged.put('/me/preferences/a', 1), await forged.delete('/session'),
      ]) expect(answer.body).toMatchObject({ status: 403, code: 'badCsrfToken' })
      expect((await forged.get(`/records/customer/${record}`)).status).toBe(200)
    }
    expect(await clerk.read('customer', record)).toMatchObject({ rev: 1 })
  })

  test('comes back with /me, for a page that was loaded anew', async () => {
    const rep = await host.signIn('rep')
    expect((await rep.must(rep.get<{ csrfToken: string }>('/me'))).csrfToken).toBe(rep.csrf)
  })
})

describe('the cookie', () => {
  test.each(['', 'fw_session=', 'fw_session=x', 'xfw_session=$', 'fw_session=$x', 'a=b; fw_session=%00', `fw_session=${'x'.repeat(4000)}`])('%j opens nothing', async (cookie) => {
    const rep = await host.signIn('rep')
    const response = await fetch(`${host.url}/api/v1/me`, { headers: { cookie: cookie.replace('$', rep.cookie.split('=')[1]!) } })
    expect(response.status).toBe(401)
  })

  test('is found among others', async () => {
    const rep = await host.signIn('rep')
    expect((await fetch(`${host.url}/api/v1/me`, { headers: { cookie: `theme=dark; ${rep.cookie}; x=y` } })).status).toBe(200)
  })

  test('signing out ends this session and no other', async () => {
    const [one, two] = [await host.signIn('rep'), await host.signIn('rep')]
    const { status, headers } = await one.delete('/session')
    expect(status).toBe(204)
    expect(headers.get('set-cookie')).toMatch(/^fw_session=;/)
    expect((await one.get('/me')).body).toMatchObject({ status: 401, code: 'notSignedIn' })
    expect((await two.get('/me')).status).toBe(200)
  })
})

describe('passwords', () => {
  test('a new one ends the other sessions, not this one', async () => {
    const [mine, elsewhere] = [await host.signIn('clerk'), await host.signIn('clerk')]
    expect((await mine.post<ProblemBody>('/me/password', { current: 'wrong', password: 'a new password' })).body.problems).toMatchObject([{ path: '/current', code: 'badCredentials' }])
    expect((await mine.post<ProblemBody>('/me/password', { current: password, password: 'short' })).body.problems).toMatchObject([{ path: '/password', code: 'tooShort' }])
    expect((await elsewhere.get('/me')).status).toBe(200)
    await mine.must(mine.post('/me/password', { current: password, password: 'a new password' }))
    expect((await mine.get('/me')).status).toBe(200)
    expect((await elsewhere.get('/me')).status).toBe(401)
    expect((await signIn('clerk', password)).status).toBe(401)
    expect((await signIn('clerk', 'a new password')).status).toBe(200)
    await host.stage.setPassword(id.clerk!, password)
  })

  test('one set by an administrator ends every session of that person', async () => {
    const [admin, zhang] = [await host.signIn('admin'), await host.signIn('zhang')]
    await admin.must(admin.post(`/users/${id.zhang}/password`, { password: 'set by the admin' }))
    expect((await zhang.get('/me')).status).toBe(401)
    expect((await signIn('zhang', 'set by the admin')).status).toBe(200)
    expect((await admin.post('/users/nobody/password', { password: 'set by the admin' })).status).toBe(404)
    await host.stage.setPassword(id.zhang!, password)
  })

  test('the store holds neither passwords nor what one could sign in with', async () => {
    const rep = await host.signIn('rep')
    const token = rep.cookie.split('=')[1]!
    const credentials = await host.services.store.find(collections.credential, {})
    const sessions = await host.services.store.find(collections.session, {})
    expect(credentials.every((c) => (c.hash as string).startsWith('$argon2id$'))).toBe(true)
    expect(JSON.stringify([credentials, sessions])).not.toContain(token)
    expect(JSON.stringify([credentials, sessions])).not.toContain(password)
    expect(sessions.map((s) => s.id)).toContain(createHash('sha256').update(token).digest('hex'))
    const admin = await host.signIn('admin')
    expect(JSON.stringify(await admin.list('user'))).not.toMatch(/argon2|hash|password/)
  })
})

describe('the reader', () => {
  test('is answered in the language asked for, else in their own', async () => {
    const zhang = await host.signIn('zhang')
    expect((await zhang.get<ProblemBody>('/records/unicorn')).body.detail).toBe('没有实体“unicorn”。')
    expect((await zhang.request<ProblemBody>('GET', '/records/unicorn', { headers: { 'accept-language': 'fr, en;q=0.9' } })).body.detail).toBe('There is no entity “unicorn”.')
    expect((await zhang.request<ProblemBody>('GET', '/records/unicorn', { headers: { 'accept-language': 'fr' } })).body.detail).toBe('没有实体“unicorn”。')
    await zhang.must(zhang.request('PATCH', '/me', { body: { language: 'en' } }))
    expect((await zhang.get<ProblemBody>('/records/unicorn')).body.detail).toBe('There is no entity “unicorn”.')
    expect((await zhang.must(zhang.get<{ user: { language: string } }>('/me'))).user.language).toBe('en')
    expect((await zhang.request('PATCH', '/me', { body: { language: 'fr' } })).status).toBe(400)
  })

  test('keeps preferences of their own', async () => {
    const [rep, zhang] = [await host.signIn('rep'), await host.signIn('zhang')]
    await rep.must(rep.put('/me/preferences/list.customer', { sort: '-name', columns: ['name'] }))
    await rep.must(rep.put('/me/preferences/list.customer', { sort: 'name' }))
    expect((await rep.must(rep.get<{ preferences: object }>('/me'))).preferences).toEqual({ 'list.customer': { sort: 'name' } })
    expect((await zhang.must(zhang.get<{ preferences: object }>('/me'))).preferences).toEqual({})
    expect((await rep.put('/me/preferences/a', 'x'.repeat(11_000))).status).toBe(413)
    expect((await rep.put('/me/preferences/a%20b', 1)).status).toBe(400)
  })
})

describe('every answer', () => {
  test('carries the headers that browsers heed', async () => {
    const { headers } = await new Client(host.url).get('/health/live')
    expect(Object.fromEntries(headers)).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'x-request-id': expect.any(String) as string })
    expect(headers.get('x-powered-by')).toBeNull()
    const rep = await host.signIn('rep')
    expect((await rep.get('/me')).headers.get('cache-control')).toBe('no-store')
  })

  test('is compressed where it is long and the client can read that', async () => {
    const rep = await host.signIn('rep')
    const encoding = async (path: string, accepted: string) => { const { headers, body } = await rep.request<{ items?: unknown[] }>('GET', path, { headers: { 'accept-encoding': accepted } }); return [headers.get('content-encoding'), headers.get('vary'), typeof body] }
    expect(await encoding('/openapi.json', 'gzip, br')).toEqual(['gzip', 'Accept-Encoding', 'object'])
    expect(await encoding('/openapi.json', 'identity')).toEqual([null, 'Accept-Encoding', 'object'])
    expect(await encoding('/openapi.json', 'gzip;q=0')).toEqual([null, 'Accept-Encoding', 'object'])
    expect(await encoding('/me/views', 'gzip')).toEqual([null, null, 'object'])
  })

  test('health needs no session', async () => {
    expect((await new Client(host.url).get('/health/live')).body).toEqual({ status: 'ok' })
    expect((await new Client(host.url).get('/health/ready')).body).toMatchObject({ status: 'ok', release: 1, troubles: { stuckApprovals: 0, deadDeliveries: 0, failedTimers: 0 } })
  })
})
