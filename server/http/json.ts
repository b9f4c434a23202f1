/** Answers in JSON: one text, written at once, compressed where it is long and the client can read it. */
import type { Request, Response } from 'express'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** Characters. What is shorter travels in a packet or two anyway. */
const worthwhile = 2048
const compressed = promisify(gzip)

export async function sendJson(req: Request, res: Response, status: number, body: unknown) {
  const text = JSON.stringify(body)
  res.statusCode = status
  res.setHeader('Content-Type', 'application/json; charset=utf-8')
  if (text.length >= worthwhile) {
    res.setHeader('Vary', 'Accept-Encoding')
    if (req.acceptsEncodings('gzip', 'identity') === 'gzip') return sendCompressed(res, text)
  }
  res.setHeader('Content-Length', Buffer.byteLength(text))
  res.end(text)
}

async function sendCompressed(res: Response, text: string) {
  const bytes = await compressed(text)
  res.setHeader('Content-Encoding', 'gzip')
  res.setHeader('Content-Length', bytes.length)
  res.end(bytes)
}
