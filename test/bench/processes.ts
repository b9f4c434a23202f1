/** The servers as processes of their own: started, asked for their CPU time, stopped. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { serverFile, type ServerName } from './build'
import type { ToChild, ToParent } from './servers/child'

export interface RunningServer {
  url: string
  usage(): Promise<{ cpu: number; rss: number }>
  stop(): Promise<void>
}

const environment = { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' }

export async function startServer(name: ServerName, folder: string, nodeOptions: string[] = []): Promise<RunningServer> {
  const child = fork(serverFile(name), [folder], { execArgv: nodeOptions, env: environment })
  const { ready } = await answer<{ ready: string }>(child)
  return {
    url: ready,
    usage: () => { const usage = answer<{ cpu: number; rss: number }>(child); child.send('cpu' satisfies ToChild); return usage },
    stop: async () => { const gone = once(child, 'exit'); child.send('stop' satisfies ToChild); await gone },
  }
}

export async function runOnce(name: ServerName, args: string[]): Promise<void> {
  const child = fork(serverFile(name), args, { execArgv: [], env: environment })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${name} failed with code ${code}`)
}

function answer<T extends ToParent>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const failed = (code: number | null) => reject(new Error(`the server ended with code ${code}`))
    child.once('exit', failed)
    child.once('message', (message) => { child.off('exit', failed); resolve(message as T) })
  })
}
