/** Work that no request waits for, one after the other. What a stop breaks off stands in the store and is taken up at the next start. */
export class Background {
  /** Long work looks at it between its batches. */
  stopping = false
  private last: Promise<unknown> = Promise.resolve()

  /** `failed` is told of errors that nobody waits for. */
  constructor(private readonly failed: (error: unknown) => void) {}

  start(work: () => Promise<unknown>): void {
    this.run(work).catch((error: unknown) => { if (!(error instanceof Interrupted)) this.failed(error) })
  }

  /** In its turn; for who waits. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work)
    this.last = done.catch(() => undefined)
    return done
  }

  /** Ends with what is under way brought to the end of its batch. */
  async stop(): Promise<void> {
    this.stopping = true
    await this.last
  }
}

/** The server stops. */
export class Interrupted extends Error {}
