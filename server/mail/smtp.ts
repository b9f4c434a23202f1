import { createTransport } from 'nodemailer'
import type { Mailer } from '../ports/mailer'

export interface SmtpOptions {
  /** smtp://user:password@host:port or smtps://… */
  url: string
  from: string
  publicUrl: string
}

const patience = 10_000

/** By a mail server; connections are kept open between letters. */
export function smtpMailer({ url, from, publicUrl }: SmtpOptions): Mailer {
  const { hostname } = new URL(publicUrl)
  const transport = createTransport({ url, pool: true, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience })
  return {
    publicUrl,
    // No content is ever fetched or read from disk for a letter.
    send: async ({ id, to, subject, text, html }) => { await transport.sendMail({ from, to, subject, text, html, messageId: `<${encodeURIComponent(id)}@${hostname}>`, disableFileAccess: true, disableUrlAccess: true, headers: { 'Auto-Submitted': 'auto-generated' } }) },
    close: () => transport.close(),
  }
}
