/** The page behind a link in a letter: GET shows what would be decided and changes nothing, POST decides. No script, no session. */
import { randomBytes } from 'node:crypto'
import express, { Router, type ErrorRequestHandler, type Response } from 'express'
import { z } from 'zod'
import { AppError, messageOf } from '../../../schemas/errors'
import type { Language } from '../../../schemas/field-types/field-type'
import { decideByLink, followLink, type LinkedTask } from '../../mail/decide-links'
import { escapeHtml } from '../../mail/html'
import type { ModelHolder } from '../../model/model'
import { titlesOf } from '../../use-cases/notices'
import { anyTable, type Services } from '../../use-cases/context'
import { languageOf } from '../problem'
import { parse } from '../input'

const form = z.object({ decision: z.enum(['approve', 'reject']), comment: z.string().max(2000).optional(), rev: z.coerce.number().int().min(1).optional() })

export function decideRoutes(services: Services, holder: ModelHolder): Router {
  const router = Router()
  router.get('/decide/:token', async (req, res) => { const linked = await followLink(services, holder, req.params.token); send(res, 200, linked.ctx.language, await question(linked)) })
  router.post('/decide/:token', express.urlencoded({ extended: false, limit: '20kb' }), async (req, res) => {
    const linked = await followLink(services, holder, String(req.params.token))
    const { language } = linked.ctx
    try {
      const { comment, ...rest } = parse(form, req.body ?? {})
      await decideByLink(linked, { ...rest, comment: comment ?? null })
      send(res, 200, language, { title: word('done', language), body: '' })
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 422) throw error
      send(res, 422, language, await question(linked, messageOf(error.code, error.params, language)))
    }
  })
  router.use('/decide', failed)
  return router
}

/** What cannot be decided is said on a page too. */
const failed: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (!(error instanceof AppError)) { next(error); return }
  const language = languageOf(req, 'zh')
  send(res, error.status, language, { title: messageOf(error.code, error.params, language), body: '' })
}

const words = {
  heading: ['Decide', '审批'], from: ['Submitted by', '提交人'], comment: ['Comment', '意见'], approve: ['Approve', '同意'], reject: ['Reject', '驳回'],
  done: ['Your decision is recorded.', '您的决定已记录。'], open: ['Open in the app', '在系统中查看'],
} satisfies Record<string, [en: string, zh: string]>
const word = (name: keyof typeof words, language: Language) => words[name][language === 'zh' ? 1 : 0]

interface Page { title: string; body: string }

async function question({ ctx, task, instance }: LinkedTask, problem?: string): Promise<Page> {
  const { language } = ctx
  const title = (await titlesOf(ctx, [{ ...task, entity: instance.entity, record: instance.record }])).get(instance.record) ?? ''
  const record = await ctx.store.get(anyTable(ctx, instance.entity).collection, instance.record, [])
  const flow = ctx.model.catalog.flows.get(instance.entity)?.find((f) => f.name === instance.flow)
  return {
    title,
    body: `<p class="muted">${escapeHtml(flow?.label[language] ?? '')}</p>
<p>${word('from', language)}: ${escapeHtml(ctx.model.directory.nameOf(instance.initiator) ?? '')}</p>
<p><a href="/${encodeURIComponent(instance.entity)}/${encodeURIComponent(instance.record)}">${word('open', language)}</a></p>
${problem === undefined ? '' : `<p role="alert" class="problem">${escapeHtml(problem)}</p>`}
<form method="post">${record ? `<input type="hidden" name="rev" value="${record.rev}">` : ''}
<label for="comment">${word('comment', language)}</label><textarea id="comment" name="comment" maxlength="2000" rows="4"></textarea>
<div class="buttons"><button name="decision" value="approve" class="primary">${word('approve', language)}</button><button name="decision" value="reject">${word('reject', language)}</button></div></form>`,
  }
}

const style = 'body{font:15px/1.6 system-ui,sans-serif;margin:0;background:#f5f6f8;color:#1d2129}main{max-width:520px;margin:40px auto;padding:24px;background:#fff;border-radius:8px}@media(max-width:600px){main{margin:0;border-radius:0;min-height:100vh;box-sizing:border-box}}h1{font-size:20px;margin:0 0 12px}.muted{color:#5c6470;margin:0}.problem{color:#c0262d}textarea{display:block;width:100%;box-sizing:border-box;margin:4px 0 16px;padding:8px;font:inherit;border:1px solid #c9cdd4;border-radius:6px}.buttons{display:flex;gap:12px}button{font:inherit;padding:8px 24px;border:1px solid #c9cdd4;border-radius:6px;background:#fff;cursor:pointer}.primary{background:#1254c4;border-color:#1254c4;color:#fff}'

function send(res: Response, status: number, language: Language, { title, body }: Page) {
  const nonce = randomBytes(16).toString('base64')
  res.setHeader('Content-Security-Policy', `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`)
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('Referrer-Policy', 'no-referrer')
  res.setHeader('X-Robots-Tag', 'noindex')
  res.status(status).type('html').send(`<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style nonce="${nonce}">${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`)
}
