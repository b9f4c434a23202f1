import { collections } from '../model/collections'
import type { WriteContext } from '../use-cases/context'

/** The person's preference, `PUT /me/preferences/noticeMail`: `immediately` unless set, or `never`. */
export const mailPreference = 'noticeMail'

export async function wantsMail({ tx }: WriteContext, user: string): Promise<boolean> {
  return (await tx.get(collections.preference, `${user}:${mailPreference}`, ['value']))?.value !== 'never'
}
