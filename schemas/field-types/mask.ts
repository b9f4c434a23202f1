/** What stands for a value whose type has no masked form of its own. */
export const maskSign = '•••'

/** Whether a value stands masked where its type would have something else than a text. */
export const isMask = (value: unknown) => value === maskSign

/** Whether a value is a masked one, an end of the text kept or not. */
export const isMasked = (value: unknown): value is string => typeof value === 'string' && value.includes(maskSign)
