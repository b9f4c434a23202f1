#!/usr/bin/env node
/** `npm start`: builds what is missing or older than its sources, then runs the server. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Formwright needs Node.js 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

/** What a build is made of. */
const sources = {
  server: ['server', 'runtime/engine', 'schemas', 'seed', 'vite.server.config.ts', 'package-lock.json'],
  apps: ['runtime', 'studio', 'schemas', 'vite.config.ts', 'package-lock.json'],
}

export function buildMissing() {
  for (const [part, paths] of Object.entries(sources)) {
    const stamp = join(root, 'dist', `.built-${part}`)
    const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0
    if (paths.every((path) => newest(join(root, path)) <= built)) continue
    if (!existsSync(join(root, 'node_modules/vite'))) {
      if (built > 0) continue // an installation without development tools runs what it was shipped with
      console.error('The build is missing and so are the development tools. Run: npm install')
      process.exit(1)
    }
    build(part, stamp)
  }
}

function build(part, stamp) {
  console.log(`Building the ${part} …`)
  const result = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', `build:${part}`], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
  if (result.status !== 0) {
    console.error(result.stdout, result.stderr)
    process.exit(1)
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, '')
}

function newest(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  buildMissing()
  await import(pathToFileURL(join(root, 'dist/server/main.js')).href)
}
