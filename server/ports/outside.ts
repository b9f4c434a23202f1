/** The world outside as this installation may meet it. */
export interface OutgoingRequest {
  url: string
  method: string
  headers: Record<string, string>
  body: string
}

export interface Outside {
  /** A secret by the name that definitions know it by; undefined when the installation has none. */
  secret(name: string): string | undefined
  /**
   * Sends and gives the answer, its body cut to 64 KB; redirects are not followed. Fails with `Refused` for an address inside the
   * installation's own network that is not allowed, with another error when there is no answer in time.
   */
  send(request: OutgoingRequest): Promise<{ status: number; body: string }>
}

/** What no repetition can put right. */
export class Refused extends Error {
  override name = 'Refused'
}
