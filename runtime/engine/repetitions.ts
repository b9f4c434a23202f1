/** The places of what stood earlier in a list already. */
export function repetitions(values: string[]): Set<number> {
  const seen = new Set<string>()
  return new Set(values.flatMap((value, i) => (seen.has(value) ? [i] : (seen.add(value), []))))
}

/** The same, for names that become tables and columns: databases take no notice of capitals. */
export const repeatedNames = (names: string[]): Set<number> => repetitions(names.map((name) => name.toLowerCase()))
