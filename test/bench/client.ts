/** The client: 16 connections that each send their next request when the last one is answered. */
import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { signIn } from './data'

export const connections = 16

export interface Call { method: 'GET' | 'POST' | 'PUT' | 'PATCH'; path: string; body?: unknown }
export interface Reply { status: number; headers: IncomingHttpHeaders; text: string }

export class Client {
  private headers: Record<string, string> = { accept: 'application/json', 'accept-language': 'zh-CN' }
  constructor(private readonly url: string) {}

  async signIn(account = signIn): Promise<void> {
    const reply = await this.send({ method: 'POST', path: '/api/v1/session', body: account })
    if (reply.status !== 200) throw new Error(`signing in: ${reply.status} ${reply.text}`)
    const { csrfToken } = JSON.parse(reply.text) as { csrfToken: string }
    this.wear({ cookie: reply.headers['set-cookie']![0]!.split(';')[0]!, 'x-csrf-token': csrfToken })
  }

  /** Sends these with every request; the floor gets the headers that ours gets. */
  wear(headers: Record<string, string>) { this.headers = { ...this.headers, ...headers } }
  get worn(): Record<string, string> { return this.headers }

  send({ method, path, body }: Call, agent?: Agent): Promise<Reply> {
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
    const headers = payload ? { ...this.headers, 'content-type': 'application/json', 'content-length': payload.length } : this.headers
    return new Promise((resolve, reject) => {
      const sent = request(`${this.url}${path}`, { method, agent, headers }, (res) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.on('error', reject)
        res.on('end', () => resolve({ status: res.statusCode!, headers: res.headers, text: Buffer.concat(chunks).toString() }))
      })
      sent.on('error', reject)
      sent.end(payload)
    })
  }

  /**
   * Sends so many calls, 16 at a time, on connections that are kept for as long: idle ones would be closed by the server between rounds.
   * Returns what each call took in ms; fails if one is not answered as it should be.
   */
  async drive(count: number, next: () => Call, status: number): Promise<number[]> {
    const agent = new Agent({ keepAlive: true, maxSockets: connections })
    const times: number[] = []
    let left = count
    const connection = async () => {
      while (left-- > 0) {
        const call = next()
        const start = performance.now()
        const reply = await this.send(call, agent)
        times.push(performance.now() - start)
        if (reply.status !== status) throw new Error(`${call.method} ${call.path}: ${reply.status} ${reply.text.slice(0, 500)}`)
      }
    }
    try { await Promise.all(Array.from({ length: connections }, connection)) } finally { agent.destroy() }
    return times
  }
}
