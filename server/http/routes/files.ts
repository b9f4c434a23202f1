import { pipeline } from 'node:stream/promises'
import { Router, type RequestHandler } from 'express'
import { isShown, type FileInfo } from '../../../schemas/files'
import type { Context } from '../../use-cases/context'
import { describeFile, openFile, receiveFile } from '../../use-cases/files'
import { handle, ok, param } from '../handler'
import { receiveUpload } from '../upload'

/** `POST /files`: stands before what reads JSON. `limit`: bytes. */
export function uploadRoute(session: RequestHandler, limit: number): Router {
  const router = Router()
  router.post('/files', session, handle(async (ctx, req) => {
    const file = await receiveUpload(req, (name, content) => receiveFile(ctx, name, content, limit))
    return { status: 201, body: file, headers: { Location: `/api/v1/files/${file.id}` } }
  }))
  return router
}

export function fileRoutes(): Router {
  const router = Router()
  router.get('/files/:id/info', handle(async (ctx, req) => ok(await describeFile(ctx, param(req, 'id')))))
  router.get('/files/:id', async (req, res) => {
    const ctx = res.locals.context as Context
    const file = await describeFile(ctx, param(req, 'id'))
    for (const [name, value] of Object.entries(headersOf(file))) res.setHeader(name, value)
    if (req.fresh) { res.status(304).end(); return }
    if (req.method === 'HEAD') { res.end(); return }
    const content = await openFile(ctx, file)
    await pipeline(content, res).catch(ignoreLeaving)
  })
  return router
}

/**
 * Nothing that somebody uploaded may act as a page of ours: it is what its content is and nothing else, only pictures are shown, and what is
 * shown runs nothing. The content never changes, the right to it may: it is asked for every time.
 */
function headersOf({ name, type, size, sha256 }: FileInfo): Record<string, string> {
  return {
    'Content-Type': type, 'Content-Length': String(size), ETag: `"${sha256}"`, 'Cache-Control': 'private, no-cache',
    'Content-Disposition': `${isShown(type) ? 'inline' : 'attachment'}; filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encoded(name)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
  }
}

const encoded = (name: string) => encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** Who asked has gone, or the disk failed in the middle: the answer is cut off, and its length says so. */
function ignoreLeaving(): void {}
