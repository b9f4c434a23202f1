/** Bundles the servers of the bench, so that what is measured runs as it would be installed: plain JavaScript in plain Node. */
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { filesIn } from './servers/files'

export const root = join(import.meta.dirname, '../..')
const built = join(root, 'dist/bench/servers')

export type ServerName = 'ours' | 'floor' | 'prepare' | 'approvals'
export const serverFile = (name: ServerName) => join(built, `${name}.js`)

export async function buildServers() {
  const input = Object.fromEntries((['ours', 'floor', 'prepare', 'approvals'] as const).map((name) => [name, join(import.meta.dirname, `servers/${name}.ts`)]))
  await build({
    root, configFile: false, logLevel: 'warn',
    build: { ssr: true, outDir: built, emptyOutDir: true, target: 'node20', minify: false, copyPublicDir: false, rolldownOptions: { input, output: { entryFileNames: '[name].js' } } },
  })
}

/** An empty folder for one run, on the project's disk: in memory a durable commit would cost nothing. */
export function newFolder(folder = join(root, 'dist/bench', `run-${process.pid}`)): string {
  rmSync(folder, { recursive: true, force: true })
  const seed = join(filesIn(folder).site, 'seed')
  cpSync(join(import.meta.dirname, 'definitions'), seed, { recursive: true })
  for (const kind of ['pipelines', 'flows']) mkdirSync(join(seed, kind), { recursive: true })
  return folder
}
