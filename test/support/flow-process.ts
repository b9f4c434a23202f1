/**
 * A process that runs approvals by itself, to be killed: its worker fires timers and delivers, its people approve whatever they are asked.
 * Says “working”, then “decided” for each decision. Arguments: configuration, project folder, milliseconds its clock is ahead. Its clock is fast, so that an hour is a matter of seconds.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { AppError } from '../../schemas/errors'
import type { Config } from '../../server/config'
import { openInstallation } from '../../server/installation'
import { httpOutside } from '../../server/outbox/http-outside'
import { systemClock } from '../../server/ports/clock'
import { stageOn } from '../../server/setup/actor'
import { startWorker } from '../../server/worker'

const speed = 600
const [config, root, ahead] = process.argv.slice(2) as [string, string, string]
const { now: real, timeZone } = systemClock('UTC')
const began = Date.parse(real())
const now = () => new Date(began + Number(ahead) + (Date.parse(real()) - began) * speed).toISOString()
const clock = { timeZone, now, today: () => now().slice(0, 10) }
const log = pino({ level: 'error' })
const { services, holder } = await openInstallation({ config: JSON.parse(config) as Config, log, root, demo: { accounts: [], load: () => Promise.resolve() }, clock })
startWorker({ services, holder, outside: httpOutside({ secrets: new Map(), allowed: ['127.0.0.1'] }) }, log, 5)
const stage = stageOn(services, holder)
console.log('working')
for (;;) {
  for (const person of ['mia', 'dan', 'fay']) {
    const people = stage.as(person)
    for (const { id } of await people.tasks()) await people.decide(id, 'approve').then(() => console.log('decided'), (error: unknown) => { if (!(error instanceof AppError)) throw error })
  }
  await sleep(5)
}
