/** Signing in and out. Passwords are argon2id hashes; the store keeps only a digest of a session's token. */
import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../../schemas/errors'
import { collections } from '../model/collections'
import type { DirectoryPerson } from '../model/directory'
import type { Model } from '../model/model'
import type { Services } from './context'

export const sessionHours = 12
export interface Session { id: string; csrf: string; person: DirectoryPerson }

const digest = (token: string) => createHash('sha256').update(token).digest('hex')
const secret = () => randomBytes(32).toString('base64url')
/** Verified when there is no such user, so that the answer takes as long. */
const decoy = hash('formwright')

export async function signIn(services: Services, model: Model, username: string, password: string): Promise<{ token: string; session: Session }> {
  const person = model.directory.byName(username)
  const credential = person && (await services.store.get(collections.credential, person.id))
  const right = await verify((credential?.hash as string | undefined) ?? (await decoy), password)
  if (!person || !credential || !right || !person.active) throw new AppError(401, 'badCredentials')
  const token = secret()
  const csrf = secret()
  const now = services.clock.now()
  const id = digest(token)
  await services.store.transaction(async (tx) => {
    const over = await tx.find(collections.session, { where: { and: [{ path: ['user'], op: 'eq', value: person.id }, { path: ['expiresAt'], op: 'lte', value: now }] }, columns: [] })
    await tx.remove(collections.session, over.map((s) => s.id))
    await tx.insert(collections.session, [{ id, rev: 1, user: person.id, csrf, createdAt: now, expiresAt: new Date(Date.parse(now) + sessionHours * 3_600_000).toISOString() }])
  })
  return { token, session: { id, csrf, person } }
}

/** The session behind a token; undefined when there is none, it ran out, or the person left. */
export async function findSession(services: Services, model: Model, token: string): Promise<Session | undefined> {
  const id = digest(token)
  const doc = await services.store.get(collections.session, id)
  if (!doc || (doc.expiresAt as string) <= services.clock.now()) return undefined
  const person = model.directory.person(doc.user as string)
  return person?.active ? { id, csrf: doc.csrf as string, person } : undefined
}

export async function signOut(services: Services, id: string): Promise<void> {
  await services.store.transaction((tx) => tx.remove(collections.session, [id]))
}

const minLength = 8

/** Sets a person's password and ends the person's other sessions. */
export async function setPassword(services: Services, user: string, password: string, keep?: string): Promise<void> {
  if (password.length < minLength || password.length > 200) throw new AppError(422, 'tooShort', { label: { en: 'The password', zh: '密码' }, limit: minLength }, [{ path: '/password', code: 'tooShort', params: { label: { en: 'The password', zh: '密码' }, limit: minLength } }])
  const hashed = await hash(password)
  await services.store.transaction(async (tx) => {
    if (await tx.get(collections.credential, user, [])) await tx.update(collections.credential, user, undefined, { hash: hashed })
    else await tx.insert(collections.credential, [{ id: user, rev: 1, hash: hashed }])
    const others = await tx.find(collections.session, { where: { path: ['user'], op: 'eq', value: user }, columns: [] })
    await tx.remove(collections.session, others.map((s) => s.id).filter((id) => id !== keep))
  })
}

export async function checkPassword(services: Services, user: string, password: string): Promise<boolean> {
  const credential = await services.store.get(collections.credential, user)
  return credential !== undefined && verify(credential.hash as string, password)
}
