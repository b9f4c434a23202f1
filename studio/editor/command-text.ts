import type { Label } from '../../schemas/generated/types'
import type { en } from '../i18n/en'

/** What a command did, for people; put into words where it is shown. */
export interface CommandText {
  readonly key: Extract<keyof typeof en, `do.${string}`>
  readonly params?: Readonly<Record<string, string | number | Label>>
}
