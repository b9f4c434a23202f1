import type { Assignee } from '../generated/types'
import { personKinds } from './kinds'
import type { PeopleChecks, PeopleView, PersonKind } from './person-kind'

const kindOf = (assignee: Assignee) => personKinds[assignee.kind] as unknown as PersonKind<Assignee['kind']>

/** Those who are named and still work here, each once. */
export function findPeople(assignees: Assignee[], view: PeopleView): string[] {
  return working(assignees.flatMap((assignee) => kindOf(assignee).resolve(assignee as never, view)), view)
}

export const working = (ids: string[], { people }: Pick<PeopleView, 'people'>) => [...new Set(ids)].filter((id) => people.person(id)?.active)

export function checkAssignee(assignee: Assignee, checks: PeopleChecks): void {
  kindOf(assignee).check?.(assignee as never, checks)
}
