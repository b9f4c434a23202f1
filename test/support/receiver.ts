/** Another system: an HTTP server that keeps what it is sent and answers as it is told to. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received { method: string; path: string; headers: IncomingHttpHeaders; text: string; body: unknown }
export interface Receiver {
  url: string
  received: Received[]
  /** What the next requests are answered with; 200 and `{"ok":true}` after that. */
  answers: { status: number; body?: string; headers?: Record<string, string> }[]
  close(): Promise<void>
}

export async function startReceiver(port = 0): Promise<Receiver> {
  const received: Received[] = []
  const answers: Receiver['answers'] = []
  const server = createServer((req, res) => {
    let text = ''
    req.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => {
      received.push({ method: req.method!, path: req.url!, headers: req.headers, text, body: text === '' ? null : (JSON.parse(text) as unknown) })
      const { status, body = '{"ok":true}', headers = {} } = answers.shift() ?? { status: 200 }
      res.writeHead(status, headers).end(body)
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, answers, close: async () => { server.closeAllConnections(); server.close(); await once(server, 'close') } }
}
