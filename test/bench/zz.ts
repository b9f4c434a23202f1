import { readFileSync, existsSync, mkdirSync } from 'node:fs'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { buildServers, newFolder } from './build'
import { Client } from './client'
import { signIn } from './data'
import { people } from './approvals/definitions'
import { runOnce } from './processes'
import { serverFile } from './build'
import { filesIn } from './servers/files'
const folder = '/tmp/dbg/fl'
await buildServers()
if (!existsSync(folder)) { newFolder(folder); await runOnce('prepare', [folder, '18000']); await runOnce('approvals', [folder, '16000', '0']) }
const { execSync } = await import('node:child_process')
execSync(`rm -rf ${folder}-run; cp -r ${folder} ${folder}-run`)
const N = 700
const child = fork(serverFile('ours'), [folder + '-run'], { execArgv: process.env.PROF ? ['--cpu-prof','--cpu-prof-interval=200','--cpu-prof-dir=/tmp/dbg/prof','--cpu-prof-name=d.cpuprofile'] : ['--require', '/tmp/dbg/preload.cjs'], env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', N: String(N * 2) } })
const msg: any = (await once(child, 'message'))[0]
const client = async (u: string) => { const c = new Client(msg.ready); await c.signIn({ ...signIn, username: u }); return c }
const reviewer = await client(people.reviewer), director = await client(people.director)
const { instances } = JSON.parse(readFileSync(filesIn(folder + '-run').approvals, 'utf8'))
const usage = async () => { const m = once(child, 'message'); child.send('cpu'); return ((await m)[0] as any).cpu }
const round = async (own: string[]) => { for (const [c, node] of [[reviewer, 'review'], [director, 'director']] as const) { let n = 0; await c.drive(own.length, () => ({ method: 'POST', path: `/api/v1/tasks/${own[n++]}.${node}.1.0/decide`, body: { decision: 'approve' } }), 200) } }
await round(instances.slice(0, 40))
for (let k = 0; k < (process.env.PROF ? 1 : 1); k++) {
if (!process.env.PROF) child.kill('SIGUSR2')
const b = await usage(); const t = performance.now()
await round(instances.slice(40, 40 + N))
console.log('CPU per decision', ((await usage()) - b) / (2 * N), 'clock', (performance.now() - t) / (2 * N))
}
if (!process.env.PROF) child.kill('SIGUSR2')
await new Promise((r) => setTimeout(r, 500)); child.send('stop'); await once(child, 'exit')
