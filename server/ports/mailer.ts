/** Mail that this installation sends. Without a mailer nobody gets mail; everything else works. */
export interface Letter {
  /** Stays the same when the letter is sent again, so that mail programs show it once. */
  id: string
  to: string
  subject: string
  text: string
  html: string
}

export interface Mailer {
  /** Where people reach this installation: https://crm.example.com, without a slash at the end. */
  readonly publicUrl: string
  /** Resolves when the mail server has taken it; rejects otherwise. */
  send(letter: Letter): Promise<void>
  close(): void
}
