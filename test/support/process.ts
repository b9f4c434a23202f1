/** The server as a process of its own, as `npm start` runs it. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from './sources'

export interface ServerProcess {
  /** Resolves when it says where it is ready; fails with what it printed when it ends before. */
  ready(): Promise<string>
  /** Everything printed so far. */
  output(): string
  /** Waits until it has printed something like that. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>
  kill(signal: NodeJS.Signals): void
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

const running = new Set<ChildProcess>()
/** To be called after each test, so that none is left behind by a failure. */
export async function killAll() {
  await Promise.all([...running].map(async (child) => { child.kill('SIGKILL'); await once(child, 'close') }))
}

/** A port of its own unless given. */
export function startServer(env: Record<string, string>, args: string[] = []): ServerProcess {
  const child = spawn(process.execPath, [join(root, 'server/start.mjs'), ...args], { cwd: root, env: { PATH: process.env.PATH, LOG_LEVEL: 'info', PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let text = ''
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => { child.once('close', (code, signal) => { running.delete(child); resolve({ code, signal }) }) })
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => { text += part })
  const printed = (pattern: RegExp) => new Promise<RegExpMatchArray>((resolve, reject) => {
    const look = () => { const match = pattern.exec(text); if (match) resolve(match) }
    for (const stream of [child.stdout, child.stderr]) stream.on('data', look)
    void exited.then(() => reject(new Error(`it ended without printing ${pattern}:\n${text}`)))
    look()
  })
  return { ready: async () => (await printed(/is ready: (http:\/\/\S+)/))[1]!, output: () => text, printed, kill: (signal) => { child.kill(signal) }, exited }
}

/** A program of ours at work. `lines` counts what it has said, the first line included. */
export interface Program { lines: number; kill(): Promise<void> }

/** Starts what `bundled` made, and waits until it says something. */
export async function startProgram(program: string, args: string[]): Promise<Program> {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  const started: Program = { lines: 0, kill: async () => { child.kill('SIGKILL'); await once(child, 'close'); running.delete(child) } }
  const spoken = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => { started.lines += text.split('\n').length - 1; resolve() })
    child.once('close', () => reject(new Error('it ended without a word')))
  })
  await spoken
  return started
}

/** A source below `test/support` as a file that Node runs at once. */
export function bundled(name: string): string {
  const folder = join(root, 'dist/test', name)
  execFileSync(process.execPath, [join(root, 'test/support/bundle.mjs'), join(root, 'test/support', `${name}.ts`), folder], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  return join(folder, 'process.js')
}
