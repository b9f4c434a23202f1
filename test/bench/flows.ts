/** `npm run bench -- flows`: what approvals cost, beside the bars for flows. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { automatic, long, people } from './approvals/definitions'
import { buildServers, newFolder, root } from './build'
import { cases } from './cases'
import { Client, type Call } from './client'
import { signIn } from './data'
import { figuresOf, median, typical, type Figures } from './measure'
import { runOnce, startServer, type RunningServer } from './processes'
import { filesIn, type Approvals, type Fixtures } from './servers/files'

/** `cases`: letters of the parts, t i d n p. */
export interface FlowOptions { rows: number; rounds: number; cases: string; profile: boolean }

const timers = 10_000
/** Decisions of a round on each of the two nodes, where there are so many. */
const most = 500
interface Bench { server: RunningServer; as: Record<keyof typeof people, Client>; approvals: Approvals; fixtures: Fixtures }

export async function flows({ rows, rounds, cases: wanted, profile }: FlowOptions) {
  const folder = newFolder()
  try {
    await buildServers()
    await runOnce('prepare', [folder, String(rows + 2000)])
    await runOnce('approvals', [folder, String(rows), String(wanted.includes('t') ? timers : 0)])
    const bench = await started(folder, profile)
    console.log(`${rows} open approvals, Node ${process.versions.node}`)
    for (const [letter, part] of Object.entries(parts)) if (wanted.includes(letter)) for (const line of await part(bench, rounds)) console.log(line)
    await bench.server.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const parts: Record<string, (bench: Bench, rounds: number) => Promise<string[]>> = { t: timersDone, i: inbox, d: decisions, n: manyNodes, p: publishing }

async function started(folder: string, profile: boolean): Promise<Bench> {
  const server = await startServer('ours', folder, profile ? ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${join(root, 'dist/bench/profiles')}`, '--cpu-prof-name=flows.cpuprofile'] : [])
  const as = {} as Bench['as']
  for (const [part, username] of Object.entries(people) as [keyof typeof people, string][]) { as[part] = new Client(server.url); await as[part].signIn({ ...signIn, username }) }
  const { approvals, fixtures } = filesIn(folder)
  return { server, as, approvals: JSON.parse(readFileSync(approvals, 'utf8')) as Approvals, fixtures: JSON.parse(readFileSync(fixtures, 'utf8')) as Fixtures }
}

const verdict = (good: boolean, bar: string) => (good ? `reached (${bar})` : `not reached (${bar})`)
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** They are due when the server starts; each asks somebody, so that the inbox says how many are done. */
async function timersDone({ server, as }: Bench): Promise<string[]> {
  const start = performance.now()
  const before = await server.usage()
  for (let done = 0; done < timers; await new Promise((resolve) => setTimeout(resolve, 100))) done = (JSON.parse((await as.waiter.send({ method: 'GET', path: '/api/v1/tasks?limit=1' })).text) as { count: number }).count
  const elapsed = performance.now() - start
  return [`${timers} timers due within a minute: ${seconds(elapsed)}, ${(((await server.usage()).cpu - before.cpu) / timers).toFixed(2)} ms CPU each: ${verdict(elapsed <= 30_000, '≤ 30 s')}`]
}

const row = (title: string, { cpu, p50, p95, perSecond }: Figures) => `${title.padEnd(40)} ${cpu.toFixed(2)} ms CPU, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${perSecond.toFixed(0)}/s`

/** The inbox and the plain list in turns. */
async function inbox({ server, as, fixtures }: Bench, rounds: number): Promise<string[]> {
  const list = cases.find((c) => c.key === 'l')!
  const page: Call = { method: 'GET', path: '/api/v1/tasks?limit=50' }
  const [ours, plain]: Figures[][] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    const [mine, theirs] = [await measured(server, list.round, () => as.reviewer.drive(list.round, () => page, 200)), await measured(server, list.round, () => as.reviewer.drive(list.round, list.calls(fixtures, round), 200))]
    if (round > 0) { ours!.push(mine); plain!.push(theirs) }
  }
  const ratio = median(ours!.map((f, i) => f.cpu / plain![i]!.cpu))
  return [row('plain list, 50 records, not counted', typical(plain!)), row('inbox, 50 tasks, counted', typical(ours!)), `the inbox costs ${ratio.toFixed(2)} × the list: ${verdict(ratio <= 2, '≤ 2')}`]
}

/** Half of a round's decisions ask the director next, half end the approval; updates of a record in turns with them. */
async function decisions({ server, as, approvals, fixtures }: Bench, rounds: number): Promise<string[]> {
  const update = cases.find((c) => c.key === 'f')!
  const perRound = Math.min(most, Math.floor(approvals.instances.length / (rounds + 1)))
  const [ours, plain]: Figures[][] = [[], []]
  for (let round = 0; round <= rounds; round++) {
    const own = approvals.instances.slice(round * perRound, (round + 1) * perRound)
    const approve = (client: Client, node: string) => { let n = 0; return client.drive(own.length, () => ({ method: 'POST', path: `/api/v1/tasks/${own[n++]}.${node}.1.0/decide`, body: { decision: 'approve' } }), 200) }
    const decided = await measured(server, own.length * 2, async () => [...(await approve(as.reviewer, 'review')), ...(await approve(as.director, 'director'))])
    const updated = await measured(server, update.round, () => as.keeper.drive(update.round, update.calls({ ...fixtures, contracts: approvals.free }, round), 200))
    if (round > 0) { ours!.push(decided); plain!.push(updated) }
  }
  const [typically, ratio] = [typical(ours!), median(ours!.map((f, i) => f.cpu / plain![i]!.cpu))]
  return [row('update of two fields, with history', typical(plain!)), row('decision, durable', typically), `a decision costs ${ratio.toFixed(2)} × an update; ${typically.perSecond.toFixed(0)}/s: ${verdict(typically.perSecond >= 300, '≥ 300/s')}`]
}

async function measured(server: RunningServer, count: number, work: () => Promise<number[]>): Promise<Figures> {
  const before = await server.usage()
  const start = performance.now()
  return figuresOf(await work(), count, performance.now() - start, (await server.usage()).cpu - before.cpu)
}

async function manyNodes({ server, as, approvals }: Bench): Promise<string[]> {
  const nodes = automatic(1000).nodes.length
  const times = await measured(server, 10, () => { let n = 0; return as.keeper.drive(10, () => ({ method: 'POST', path: `/api/v1/records/contract/${approvals.free[n++]}/flows/automatic`, body: {} }), 201) })
  return [row(`submission through ${nodes} nodes in a row`, times)]
}

async function publishing({ server, as }: Bench): Promise<string[]> {
  const send = async (method: 'PUT' | 'POST', path: string, body: unknown, status: number) => { const reply = await as.keeper.send({ method, path, body }); if (reply.status !== status) throw new Error(`${path}: ${reply.status} ${reply.text.slice(0, 1000)}`) }
  await send('PUT', '/api/v1/definitions/flow/long', long(200), 200)
  const before = await server.usage()
  const start = performance.now()
  await send('POST', '/api/v1/releases', {}, 201)
  const elapsed = performance.now() - start
  return [`publishing a flow of 200 nodes: ${seconds(elapsed)}, ${((await server.usage()).cpu - before.cpu).toFixed(0)} ms CPU: ${verdict(elapsed < 1000, '< 1 s')}`]
}
