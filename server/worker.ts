/** What a server does without being asked: fires timers, delivers the outbox. Several processes on one store share the work. */
import type { Logger } from 'pino'
import { deliverDue } from './outbox/deliver'
import type { DeliveryRun } from './outbox/kinds'
import { fireDueTimers } from './timers/fire'

export interface Worker {
  /** Does everything that is due by now, at once. For tests that move the clock. */
  runDue(): Promise<void>
  /** Finishes what is under way. */
  stop(): Promise<void>
}

/** `pause`: milliseconds between looks while nothing is due. */
export function startWorker(run: DeliveryRun, log: Logger, pause: number): Worker {
  const works = [() => fireDueTimers(run.services, run.holder, log), () => deliverDue(run, log)]
  const loops = works.map((work) => startLoop(work, log, pause))
  return {
    // What a timer causes is delivered too.
    runDue: async () => { while ((await Promise.all(works.map((work) => work()))).some((done) => done > 0)); },
    stop: async () => { await Promise.all(loops.map((loop) => loop.stop())) },
  }
}

/** Repeats work that says how much it found: at once while it finds some, else after a pause. */
function startLoop(work: () => Promise<number>, log: Logger, pause: number): { stop(): Promise<void> } {
  let stopped = false
  let wake = () => {}
  const sleep = () => new Promise<void>((resolve) => { const timer = setTimeout(resolve, pause); wake = () => { clearTimeout(timer); resolve() } })
  const loop = async () => {
    while (!stopped) {
      const found = await work().catch((error: unknown) => { log.error({ err: error }, 'background work failed'); return 0 })
      if (found === 0 && !stopped) await sleep()
    }
  }
  const running = loop()
  return { stop: () => { stopped = true; wake(); return running } }
}
