/** One file out of a multipart/form-data request, streamed. */
import type { Readable } from 'node:stream'
import { Busboy, type BusboyFileStream, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import type { Request } from 'express'
import { AppError } from '../../schemas/errors'

/** Hands the file to `take` while it arrives. 415 for another kind of request, 400 for one that breaks off or holds no file. */
export async function receiveUpload<T>(req: Request, take: (name: string, content: Readable) => Promise<T>): Promise<T> {
  const parser = parserOf(req)
  let file: Readable | undefined
  try {
    return await new Promise<T>((resolve, reject) => {
      let taken: Promise<T> | undefined
      parser.on('file', (_field: string, content: BusboyFileStream, name: string | undefined) => {
        file = content
        taken = take(name ?? '', content)
        taken.catch(reject)
      })
      parser.on('finish', () => { if (taken) taken.then(resolve, reject); else reject(noFile()) })
      parser.on('error', () => reject(noFile()))
      req.once('close', () => { if (!req.complete) reject(noFile()) })
      req.pipe(parser)
    })
  } catch (error) {
    file?.destroy(error as Error)
    throw error
  } finally {
    // What is left of a refused request is read and dropped, or the sender would never see the answer.
    req.unpipe(parser)
    req.resume()
  }
}

const noFile = () => new AppError(400, 'noFile')

function parserOf(req: Request): BusboyInstance {
  if (!req.is('multipart/form-data')) throw new AppError(415, 'noFile')
  try {
    return new Busboy({ headers: req.headers as BusboyHeaders, limits: { files: 1, fields: 0, parts: 2, headerPairs: 20 } })
  } catch {
    throw noFile()
  }
}
