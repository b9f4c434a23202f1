/** What every server of the bench answers to its parent: that it listens, what CPU time it has taken, and to stop. */

export type ToParent = { ready: string } | { cpu: number; rss: number }
export type ToChild = 'cpu' | 'stop'

/** CPU time is that of the whole process: JavaScript, garbage collection, SQLite, the kernel's share. In milliseconds. */
export function attend(url: string, close: () => Promise<void> | void) {
  const send = (message: ToParent) => process.send!(message)
  process.on('message', (message: ToChild) => {
    if (message === 'cpu') {
      const { user, system } = process.cpuUsage()
      send({ cpu: (user + system) / 1000, rss: process.memoryUsage().rss })
    } else {
      void Promise.resolve(close()).then(() => process.disconnect())
    }
  })
  process.on('disconnect', () => process.exit())
  send({ ready: url })
}
