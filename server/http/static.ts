/** The built apps. Pages get a nonce for their styles; assets have hashed names and are cached for good. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { Router, type RequestHandler } from 'express'

const noncePlaceholder = '__CSP_NONCE__'
const policy = (nonce: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'`

/** `folder`: what `npm run build` made. Without it (a server for tests) there is only the API. */
export function appPages(folder: string): Router {
  const router = Router()
  if (!existsSync(folder)) return router
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }))
  router.get(['/studio', '/studio/{*path}'], page(join(folder, 'studio/index.html')))
  router.get('/{*path}', page(join(folder, 'runtime/app/index.html')))
  return router
}

function page(file: string): RequestHandler {
  if (!existsSync(file)) return (_req, _res, next) => next()
  const html = readFileSync(file, 'utf8')
  return (_req, res) => {
    const nonce = randomBytes(16).toString('base64')
    res.setHeader('Content-Security-Policy', policy(nonce))
    res.setHeader('Cache-Control', 'no-store')
    res.type('html').send(html.replaceAll(noncePlaceholder, nonce))
  }
}
