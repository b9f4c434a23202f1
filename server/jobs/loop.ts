import type { Logger } from 'pino'

export interface Loop {
  /** Works once more after what is under way, and says how much was found. */
  run(): Promise<number>
  /** Finishes what is under way. */
  stop(): Promise<void>
}

/** Repeats work that says how much it found: at once while it finds some, else after a pause of so many milliseconds. Never twice at a time. */
export function startLoop(work: () => Promise<number>, log: Logger, pause: number): Loop {
  let stopped = false
  let wake = () => {}
  let last: Promise<number> = Promise.resolve(0)
  const guarded = () => work().catch((error: unknown) => { log.error({ err: error }, 'background work failed'); return 0 })
  const run = () => (last = last.then(guarded))
  const sleep = () => new Promise<void>((resolve) => { const timer = setTimeout(resolve, pause); wake = () => { clearTimeout(timer); resolve() } })
  const loop = async () => { while (!stopped) if ((await run()) === 0 && !stopped) await sleep() }
  const running = loop()
  return { run, stop: async () => { stopped = true; wake(); await running } }
}
