import { createHmac } from 'node:crypto'
import { Refused } from '../ports/outside'
import type { DeliveryKind } from './kinds'

export interface WebhookParams { url: string; method: string; body: unknown; secret: string | null }

/** Posts JSON. Anything but 2xx is a failure. */
export const webhook: DeliveryKind = async ({ id, params }, { outside, services }) => {
  const { url, method, body, secret } = params as unknown as WebhookParams
  const text = JSON.stringify(body)
  const answer = await outside.send({ url, method, body: text, headers: { 'content-type': 'application/json', 'user-agent': 'Formwright', 'x-formwright-delivery': id, ...signature(secret, text, services.clock.now(), (name) => outside.secret(name)) } })
  if (answer.status < 200 || answer.status > 299) throw new Error(`HTTP ${answer.status}${answer.body ? `: ${answer.body.slice(0, 200)}` : ''}`)
  return { status: answer.status, body: parsed(answer.body) }
}

/** `sha256=` and the hex HMAC over `<timestamp>.<body>`; the timestamp is in seconds since 1970, so that an old message cannot be sent again for a new one. */
function signature(name: string | null, body: string, now: string, secretOf: (name: string) => string | undefined): Record<string, string> {
  if (name === null) return {}
  const secret = secretOf(name)
  if (secret === undefined) throw new Refused(`there is no secret “${name}” (WEBHOOK_SECRET_${name})`)
  const timestamp = String(Math.floor(Date.parse(now) / 1000))
  return { 'x-formwright-timestamp': timestamp, 'x-formwright-signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}` }
}

function parsed(text: string): unknown {
  try { return text === '' ? null : (JSON.parse(text) as unknown) } catch { return text }
}
