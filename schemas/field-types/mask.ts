/** What stands for a value whose type has no masked form of its own. */
export const maskSign = '•••'

/** Whether a value stands masked where its type would have something else than a text. */
export const isMask = (value: unknown) => value === maskSign
