/** `npm run bench`: what a request costs, as a multiple of the least it could cost. See README.md beside this file. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildServers, newFolder, root } from './build'
import { cases, type Case } from './cases'
import { Client, connections } from './client'
import { sizesFor } from './data'
import { flows } from './flows'
import { growth, prepared, sizes, started } from './growth'
import { measure, oneRound, type Result, type Side, type Sides } from './measure'
import { runOnce, startServer } from './processes'
import { spread, table } from './report'
import { shapes } from './shapes'
import { filesIn, type Fixtures } from './servers/files'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '7' }, cases: { type: 'string' }, profile: { type: 'boolean', default: false }, growth: { type: 'boolean', default: false } },
})

async function main() {
  const rows = Number(options.rows)
  if (positionals.includes('flows')) return flows({ rows, rounds: Number(options.rounds), cases: options.cases ?? 'tidnp', profile: options.profile })
  if (positionals.includes('shapes')) return shapes(rows, Number(options.rounds))
  if (options.growth) return grow()
  const wanted = cases.filter((c) => options.cases?.includes(c.key) ?? true)
  const { customers, projects, contracts } = sizesFor(rows)
  console.log(`${contracts} contracts, ${projects} projects, ${customers} customers; ${connections} connections; Node ${process.versions.node}`)
  const folder = newFolder()
  try {
    await buildServers()
    await runOnce('prepare', [folder, String(rows)])
    const fixtures = JSON.parse(readFileSync(filesIn(folder).fixtures, 'utf8')) as Fixtures
    if (options.profile) await profile(wanted, folder, fixtures)
    else await compare(wanted, folder, fixtures)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Cases b and d, whatever else is asked for. */
async function grow() {
  const folder = newFolder()
  try {
    await buildServers()
    const folders: string[] = []
    for (const rows of sizes) folders.push(await prepared(folder, rows))
    const stages = []
    for (const [i, rows] of sizes.entries()) stages.push(await started(folders[i]!, rows))
    for (const line of await growth(cases.filter((c) => 'bd'.includes(c.key)), stages, Number(options.rounds))) console.log(line)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compare(wanted: Case[], folder: string, fixtures: Fixtures) {
  const sides = await startBoth(folder)
  const results: Result[] = []
  for (const item of wanted) {
    results.push(await measure(item, sides, fixtures, Number(options.rounds)))
    process.stderr.write(`${item.key} `)
  }
  process.stderr.write('\n')
  const { rss } = await sides.ours.server.usage()
  for (const side of [sides.floor, sides.ours]) await side.server.stop()
  console.log(`\n${table(results)}\n\nratios of ${options.rounds} rounds: ${spread(results)}\nmemory of ours at the end: ${(rss / 1e6).toFixed(0)} MB`)
}

async function startBoth(folder: string): Promise<Sides> {
  const floor = await start('floor', folder)
  const ours = await start('ours', folder)
  await ours.client.signIn()
  floor.client.wear(ours.client.worn)
  return { floor, ours }
}

async function start(name: 'floor' | 'ours', folder: string, nodeOptions: string[] = []): Promise<Side> {
  const server = await startServer(name, folder, nodeOptions)
  return { server, client: new Client(server.url) }
}

/** Ours alone, a process a case, with a CPU profile of each for the developer tools of a browser. */
async function profile(wanted: Case[], folder: string, fixtures: Fixtures) {
  const profiles = join(root, 'dist/bench/profiles')
  for (const item of wanted) {
    const ours = await start('ours', folder, ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${item.key}.cpuprofile`])
    await ours.client.signIn()
    await ours.client.drive(item.warmUp, item.calls(fixtures, 0), item.status)
    for (let round = 1; round <= Number(options.rounds); round++) await oneRound(item, ours, fixtures, round)
    await ours.server.stop()
    console.log(join(profiles, `${item.key}.cpuprofile`))
  }
}

await main()
