/** Files in a folder: one a file, named by its id, spread over subfolders by the id's end. */
import { createWriteStream, mkdirSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Files } from '../ports/files'

/** Ids are ours; anything else could be a path. */
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** What an interrupted upload left may go after this time. */
const staleAfter = 86_400_000

export async function openDiskFiles(folder: string): Promise<Files> {
  const incoming = join(folder, 'incoming')
  mkdirSync(incoming, { recursive: true })
  await clear(incoming)
  const placeOf = (id: string) => {
    if (!idForm.test(id)) throw new Error(`not the id of a file: ${JSON.stringify(id)}`)
    return join(folder, id.slice(-2), id)
  }
  return {
    put: async (id, content) => {
      const place = placeOf(id)
      const part = join(incoming, id)
      try {
        await pipeline(content, createWriteStream(part, { flags: 'wx', flush: true }))
        await mkdir(dirname(place), { recursive: true })
        await rename(part, place)
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },
    open: async (id) => (await open(placeOf(id))).createReadStream(),
    remove: async (id) => rm(placeOf(id), { force: true }),
  }
}

async function clear(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const part = join(incoming, name)
    const { mtimeMs } = await stat(part)
    if (mtimeMs < Date.now() - staleAfter) await rm(part, { force: true })
  }
}
