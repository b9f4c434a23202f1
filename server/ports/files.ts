/**
 * Where the contents of stored files are: bytes by an id that the server made up. What a file is called, what it is and whose it is
 * stands in the store (`collections.file`). An adapter is whole or absent about each file: an interrupted `put` leaves nothing.
 */
import type { Readable } from 'node:stream'

export interface Files {
  /** Keeps the bytes; resolves when they are durable, rejects with what the source fails with. An id is used once. */
  put(id: string, content: AsyncIterable<Uint8Array>): Promise<void>
  /** Rejects when there is none. */
  open(id: string): Promise<Readable>
  /** Nothing happens when there is none. */
  remove(id: string): Promise<void>
}
