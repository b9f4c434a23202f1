/** Whether two answers say the same things: that what is measured is what was meant. */

/** Where two JSON values differ in shape: members, kinds, whether lists are empty. Null may stand for any kind. Undefined: nowhere. */
export function shapeDifference(a: unknown, b: unknown, path = ''): string | undefined {
  if (a === null || b === null) return undefined
  if (kindOf(a) !== kindOf(b)) return `${path || '/'} is ${kindOf(a)} in one and ${kindOf(b)} in the other`
  if (Array.isArray(a)) return listDifference(a, b as unknown[], path)
  if (typeof a === 'object') return memberDifference(a as Members, b as Members, path)
  return undefined
}

type Members = { [name: string]: unknown }
const kindOf = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value)

function listDifference(a: unknown[], b: unknown[], path: string): string | undefined {
  if (a.length !== b.length) return `${path} has ${a.length} items in one and ${b.length} in the other`
  return a.length === 0 ? `${path} is empty` : shapeDifference(a[0], b[0], `${path}/0`)
}

function memberDifference(a: Members, b: Members, path: string): string | undefined {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  for (const name of names) {
    const at = `${path}/${name}`
    if (!(name in a) || !(name in b)) return `${at} is in one only`
    const difference = shapeDifference(a[name], b[name], at)
    if (difference) return difference
  }
  return undefined
}
