/** A process that does nothing but a server's background work; to be killed. Its timers make a record and tell another system. Arguments: configuration, project folder, milliseconds its clock is ahead, address to tell. */
import pino from 'pino'
import type { Config } from '../../server/config'
import { openInstallation } from '../../server/installation'
import { httpOutside } from '../../server/outbox/http-outside'
import { enqueue } from '../../server/outbox/outbox'
import { systemClock } from '../../server/ports/clock'
import { timerHandlers } from '../../server/timers/handlers'
import { createRecord } from '../../server/use-cases/create-record'
import { startWorker } from '../../server/worker'

const [config, root, ahead, url] = process.argv.slice(2) as [string, string, string, string]
timerHandlers.tell = async (ctx, { id }) => {
  await createRecord(ctx, 'thing', { name: id })
  await enqueue(ctx, { id: `${id}.told`, kind: 'webhook', params: { url, method: 'POST', body: { id }, secret: null } })
}
const { now, today, timeZone } = systemClock('UTC')
const clock = { today, timeZone, now: () => new Date(Date.parse(now()) + Number(ahead)).toISOString() }
const log = pino({ level: 'error' })
const { services, holder } = await openInstallation({ config: JSON.parse(config) as Config, log, root, demo: { accounts: [], load: () => Promise.resolve() }, clock })
startWorker({ services, holder, outside: httpOutside({ secrets: new Map(), allowed: ['127.0.0.1'] }) }, log, 5)
console.log('working')
