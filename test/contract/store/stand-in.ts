/**
 * jongodb: an npm package that speaks MongoDB's protocol, enough to try connecting, writing, reading, paging and errors where no
 * MongoDB can be installed. What it cannot is named in `gaps`; what it can proves nothing about transactions of a real replica set.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Gaps } from './gaps'

export const gaps: Gaps = {
  'it has no dropIndexes': ['lose indexes that are no longer wanted, and nothing else', 'a column is dropped with its values and indexes, once; a new one of its name begins empty'],
  'it has no drop': ['a collection is dropped with its child tables, once'],
  'it has no $min, $max and $avg': ['all measures, by group, groups in order', 'nothing at all: one row without groups, none with', 'groups are what adding up in memory gives', 'groups of many documents are what adding up in memory gives', 'which groups, in which order, how many'],
  'it adds in floating point': ['sums are exact beyond 2^53'],
  'it groups by fields only, not by expressions': ['through references: what may not be seen, or is not there, is in the group of null', 'by year, quarter, month, week, day; by number; by boolean; by several'],
  'it has no $and inside $elemMatch': ['some row, or some document that refers to it, meets all of a condition'],
  'it loses updates of transactions that run at the same time': ['two processes lose no update, give no number twice and see each other'],
}

/** The program, if this machine has it: it is made for Linux on x64. */
export function standInProgram(): string | undefined {
  const manifest = '@jongodb/memory-server-bin-linux-x64-gnu/package.json'
  try {
    return join(createRequire(__filename).resolve(manifest), '../bin/jongodb')
  } catch {
    return undefined
  }
}

export interface StandIn { uri: string; stop(): Promise<void> }

/** Ends when its input does, so that it never outlives the tests, however they end. */
const bound = '"$0" "$@" & cat; kill -9 $!; wait'

/** A server of its own for each test: it has no way to drop a database, and a transaction of it copies all it holds. */
export async function startStandIn(): Promise<StandIn> {
  const child = spawn('sh', ['-c', bound, standInProgram()!, '--port=0', '--topology-profile=singleNodeReplicaSet', '--replica-set-name=rs0'], { stdio: ['pipe', 'pipe', 'ignore'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const uri = /^JONGODB_URI=(.*)$/.exec(line)?.[1]
    // It ends the stream of a monitor now and then, and the driver then drops its connections.
    if (uri !== undefined) return { uri: `${uri}&serverMonitoringMode=poll`, stop: () => stopped(child) }
  }
  throw new Error('The stand-in for MongoDB did not start.')
}

async function stopped(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.stdin!.end()
  await exit
}
