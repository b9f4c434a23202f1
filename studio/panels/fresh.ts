import type { Control, Member } from './control'

/** The first of base1, base2, … that is not taken. */
export function freshName(taken: readonly string[], base: string): string {
  let n = 1
  while (taken.includes(`${base}${n}`)) n += 1
  return `${base}${n}`
}

/** A new item of a list: what is fixed is there, an id is made up; the rest is for the person to fill in. */
export function newItem(control: Control, siblings: readonly unknown[]): unknown {
  switch (control.kind) {
    case 'group': return Object.fromEntries(control.members.filter((m) => m.required).map((m) => [m.name, newMember(m, siblings)]).filter(([, value]) => value !== undefined))
    case 'variants': return newItem(control.variants[0]!.control, siblings)
    case 'list': case 'names': return []
    case 'choice': return control.values[0]
    default: return ''
  }
}

function newMember({ name, control }: Member, siblings: readonly unknown[]): unknown {
  if (control.kind === 'fixed') return control.value
  if (name === 'id') return freshName(siblings.map(idOf), `x_${shortName(control.place.split('.').at(-2) ?? '')}`)
  return control.kind === 'list' && control.min > 0 ? [newItem(control.item, [])] : undefined
}

const idOf = (item: unknown): string => (typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : '')

/** Pipeline.transitions → transition; SetFieldEffect → setFieldEffect. */
function shortName(place: string): string {
  const last = place.split('.').at(-1)!
  const name = last[0]!.toLowerCase() + last.slice(1)
  return name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.endsWith('s') ? name.slice(0, -1) : name
}
