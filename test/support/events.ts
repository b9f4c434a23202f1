/** Server-sent events as an app reads them. */
import type { Client } from './client'

export interface Events {
  status: number
  /** Names of the events so far. */
  heard: string[]
  /** Waits until an event of that name has come. */
  until(name: string): Promise<void>
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>
  close(): void
}

export async function listen(client: Client): Promise<Events> {
  const going = new AbortController()
  const response = await fetch(`${client.url}/api/v1/events`, { headers: { cookie: client.cookie }, signal: going.signal })
  const heard: string[] = []
  const waiting = new Set<() => void>()
  const read = async () => {
    let text = ''
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      text += part
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) { const name = /^event: (\w+)$/m.exec(block)?.[1]; if (name) heard.push(name) }
      for (const look of [...waiting]) look()
    }
  }
  const ended = response.status === 200 ? read().catch(() => undefined) : Promise.resolve()
  return {
    status: response.status, heard, ended, close: () => going.abort(),
    until: (name) => new Promise((resolve) => { const look = () => { if (heard.includes(name)) { waiting.delete(look); resolve() } }; waiting.add(look); look() }),
  }
}
