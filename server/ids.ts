/** Ids of records: UUIDs of version 7, which grow with time, also within a millisecond. */
import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** Asking the operating system for each id costs more than everything else about it. */
const pool = new Uint8Array(16 * 256)
let used = pool.length
let msecs = 0
let seq = 0

export function newId(): string {
  const now = Date.now()
  const random = nextRandom()
  if (now > msecs) { msecs = now; seq = ((random[6]! & 0x7f) << 24) | (random[7]! << 16) | (random[8]! << 8) | random[9]! }
  else if (++seq > maxSeq) { msecs++; seq = 0 }
  return v7({ random, msecs, seq })
}

/** A millisecond begins in the lower half of 32 bits, so that there is room to count. */
const maxSeq = 0xffff_ffff

function nextRandom(): Uint8Array {
  if (used === pool.length) { randomFillSync(pool); used = 0 }
  return pool.subarray(used, (used += 16))
}
