/** What a server does without being asked: fires timers, delivers the outbox, removes what is over. Several processes on one store share the work. */
import type { Logger } from 'pino'
import { startLoop } from './jobs/loop'
import { upkeepOf } from './jobs/upkeep'
import { deliverDue } from './outbox/deliver'
import type { DeliveryRun } from './outbox/kinds'
import { fireDueTimers } from './timers/fire'

export interface Worker {
  /** Does everything that is due by now, at once. For tests that move the clock. */
  runDue(): Promise<void>
  /** Finishes what is under way. */
  stop(): Promise<void>
}

const hour = 3_600_000

/** `pause`: milliseconds between looks while nothing is due. */
export function startWorker(run: DeliveryRun, log: Logger, pause: number): Worker {
  const works = [() => fireDueTimers(run.services, run.holder, log), () => deliverDue(run, log)]
  const loops = [...works.map((work) => startLoop(work, log, pause)), startLoop(upkeepOf(run.services, run.holder), log, hour)]
  return {
    // What a timer causes is delivered too.
    runDue: async () => { while ((await Promise.all(loops.map((loop) => loop.run()))).some((found) => found > 0)); },
    stop: async () => { await Promise.all(loops.map((loop) => loop.stop())) },
  }
}
