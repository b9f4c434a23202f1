/** Files: received, read with the rights of the records that hold them, and removed when none does. */
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { AppError } from '../../schemas/errors'
import { sizeText, type FileInfo } from '../../schemas/files'
import { contentType, headSize } from '../files/content-type'
import { collections } from '../model/collections'
import type { Where } from '../ports/store'
import { mayReadFile, type StoredFile } from '../records/files'
import { inTransaction, readerOf, type Context, type Services } from './context'

/** Keeps a file for the person, who attaches it to a record within a day. 413 when it is larger than `limit` bytes, 422 when it is empty. */
export async function receiveFile(ctx: Context, givenName: string, content: AsyncIterable<Uint8Array>, limit: number): Promise<FileInfo> {
  const id = ctx.newId()
  const name = tidyName(givenName)
  const measure = new Measure(name, limit)
  await ctx.files.put(id, measure.through(content))
  try {
    const file: FileInfo = { id, name, ...measure.result(), uploadedBy: ctx.me.id, at: ctx.clock.now() }
    await inTransaction(ctx, ({ tx }) => tx.insert(collections.file, [{ ...file, rev: 1, state: 'kept', unattachedSince: file.at }]))
    return file
  } catch (error) {
    await ctx.files.remove(id)
    throw error
  }
}

/** Counts, digests and keeps the beginning of what passes. */
class Measure {
  private size = 0
  private head = Buffer.alloc(0)
  private readonly digest = createHash('sha256')
  constructor(private readonly name: string, private readonly limit: number) {}

  async *through(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      this.size += chunk.length
      if (this.size > this.limit) throw new AppError(413, 'tooLargeBody', { limit: sizeText(this.limit) })
      if (this.head.length < headSize) this.head = Buffer.concat([this.head, chunk.subarray(0, headSize - this.head.length)])
      this.digest.update(chunk)
      yield chunk
    }
  }

  result(): Pick<FileInfo, 'type' | 'size' | 'sha256'> {
    if (this.size === 0) throw new AppError(422, 'emptyFile', {}, [{ path: '', code: 'emptyFile' }])
    return { type: contentType(this.head, this.name), size: this.size, sha256: this.digest.digest('hex') }
  }
}

const longestName = 200

/** The last part of a path, without characters that make a name look like another or that no system takes. */
function tidyName(given: string): string {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1)!.replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '').replace(/^[.\s]+|[.\s]+$/g, '')
  const extension = /\.[^.]{1,10}$/.exec(last)?.[0] ?? ''
  return last.length <= longestName ? last || 'file' : [...last].slice(0, longestName / 2 - extension.length).join('') + extension
}

/** What is known of a file. 404 when there is none or none for this person. */
export async function describeFile(ctx: Context, id: string): Promise<FileInfo> {
  const file = (await readerOf(ctx).get(collections.file, id)) as StoredFile | undefined
  if (file?.state !== 'kept' || !(await mayReadFile(ctx, file))) throw new AppError(404, 'notFound')
  const { name, type, size, sha256, uploadedBy, at } = file
  return { id, name, type, size, sha256, uploadedBy, at }
}

/** The content of a file that `describeFile` gave. */
export const openFile = (ctx: Context, { id }: FileInfo): Promise<Readable> => ctx.files.open(id)

const dayLong = 86_400_000

/** Removes the contents of files that no record has held for a day. Returns how many. An interrupted removal is finished by the next. */
export async function purgeFiles(services: Services): Promise<number> {
  const before = new Date(Date.parse(services.clock.now()) - dayLong).toISOString()
  const due: Where = { or: [{ path: ['state'], op: 'eq', value: 'going' }, { and: [{ path: ['state'], op: 'eq', value: 'kept' }, { path: ['unattachedSince'], op: 'lt', value: before }] }] }
  const files = await services.store.find(collections.file, { where: due, columns: [] })
  let removed = 0
  for (const { id } of files) if (await removeFile(services, id, due)) removed++
  return removed
}

/** Nothing can be attached once it is going. The name stays where a history may speak of it. */
async function removeFile({ store, files }: Services, id: string, due: Where): Promise<boolean> {
  const going = await store.transaction(async (tx) => {
    const [still] = await tx.find(collections.file, { where: { and: [{ path: ['id'], op: 'eq', value: id }, due] } })
    if (still) await tx.update(collections.file, id, undefined, { state: 'going' })
    return still as StoredFile | undefined
  })
  if (!going) return false
  await files.remove(id)
  await store.transaction(async (tx) => {
    if (going.unattachedSince === going.at) await tx.remove(collections.file, [id])
    else await tx.update(collections.file, id, undefined, { state: 'gone' })
  })
  return true
}
