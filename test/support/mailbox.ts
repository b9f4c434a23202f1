/** A mail server that keeps what it is sent. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Mailbox {
  url: string
  /** Raw letters. */
  letters: string[]
  /** Refuses so many letters first. */
  refuse: { next: number }
  close(): Promise<void>
}

export async function startMailbox(port = 0): Promise<Mailbox> {
  const letters: string[] = []
  const refuse = { next: 0 }
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = ''
      stream.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => {
        if (refuse.next > 0) { refuse.next--; done(Object.assign(new Error('busy'), { responseCode: 451 })); return }
        letters.push(text)
        done()
      })
    },
  })
  const listening = once(server.server, 'listening')
  server.listen(port, '127.0.0.1')
  await listening
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, letters, refuse, close: () => new Promise((resolve) => { server.close(() => resolve()) }) }
}

/** The plain text of a letter. */
export function textOf(letter: string): string {
  const part = letter.split(/\r\n--[^\r]+\r\n/).find((p) => /content-type: text\/plain/i.test(p)) ?? letter
  const [head, ...body] = part.split('\r\n\r\n')
  const text = body.join('\r\n\r\n')
  if (/content-transfer-encoding: base64/i.test(head!)) return Buffer.from(text, 'base64').toString('utf8')
  if (/quoted-printable/i.test(head!)) return Buffer.from(text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')
  return text
}
