/** Statements that take seconds, run by a thread of their own with a connection of its own: readers of this process go on meanwhile. */
import { Worker } from 'node:worker_threads'
import type { DriverName } from './driver'

/** Plain JavaScript, because a thread begins with a file or a text, and the built server is one file. */
const script = `
const { createRequire } = require('node:module')
const { parentPort, workerData: { from, driver, file, pragmas, statement } } = require('node:worker_threads')
try {
  const binding = createRequire(from)(driver)
  const database = new binding(file)
  for (const [pragma, value] of Object.entries(pragmas)) database.exec('PRAGMA ' + pragma + ' = ' + value)
  try { database.exec(statement) } finally { database.close() }
  parentPort.postMessage({})
} catch ({ code, message }) {
  parentPort.postMessage({ failure: { code, message } })
}`

export interface Place { driver: DriverName; file: string; pragmas: Record<string, string | number> }

/** Rejects with the binding's code and message. */
export function runApart(place: Place, statement: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(script, { eval: true, workerData: { ...place, from: process.argv[1], statement } })
    thread.once('message', ({ failure }: { failure?: { code: string; message: string } }) => (failure ? reject(Object.assign(new Error(failure.message), { code: failure.code })) : resolve()))
    thread.once('error', reject)
  })
}
