import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { listNotices, readNotices } from '../../use-cases/notices'
import type { Live } from '../../notices/live'
import type { Session } from '../../use-cases/sessions'
import { bodyOf, command, handle, ok } from '../handler'
import { parse } from '../input'

const noticeQuery = z.object({ unread: z.enum(['true', 'false']).default('false'), limit: z.coerce.number().int().min(1).max(100).optional() })
export const readBody = z.strictObject({ ids: z.array(z.string().max(300)).max(500).optional().meta({ description: 'Left out: all.' }) })

export function noticeRoutes(live: Live): Router {
  const router = Router()
  router.get('/notices', handle(async (ctx, req) => { const { unread, limit } = parse(noticeQuery, req.query); return ok(await listNotices(ctx, { unread: unread === 'true', limit })) }))
  router.post('/notices/read', command(async (ctx, req) => { await readNotices(ctx, parse(readBody, bodyOf(req)).ids); return {} }))
  router.get('/events', (req, res) => stream(live, req, res))
  return router
}

/** Server-sent events, until the reader goes, the session ends or the server closes. */
function stream(live: Live, req: Request, res: Response) {
  // What is compressed is held back until there is enough of it.
  res.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' })
  const send = (event: string, data: unknown) => { res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`) }
  res.write('retry: 3000\n\n')
  send('ready', {})
  const leave = live.join({ session: res.locals.session as Session, send, close: () => res.end() })
  req.once('close', leave)
}
