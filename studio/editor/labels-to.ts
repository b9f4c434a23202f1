import type { Definition, Label } from '../../schemas/generated/types'
import { pathOf } from './path'

/** The labels one passes inside a document on the way to a place, and the member that the place is. */
export function labelsTo(document: Definition | undefined, pointer: string): { labels: Label[]; member: string | undefined } {
  const path = pathOf(pointer)
  const labels: Label[] = []
  let here: unknown = document
  for (const key of path) {
    here = (here as Record<string | number, unknown> | undefined)?.[key]
    const { label } = (here ?? {}) as { label?: Label }
    if (typeof label === 'object') labels.push(label)
  }
  return { labels, member: path.findLast((key): key is string => typeof key === 'string') }
}
