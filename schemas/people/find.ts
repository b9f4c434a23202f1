import type { Assignee } from '../generated/types'
import { personKinds } from './kinds'
import type { PeopleChecks, PeopleView, PersonKind } from './person-kind'

const kindOf = (assignee: Assignee) => personKinds[assignee.kind] as unknown as PersonKind<Assignee['kind']>

/** Those who are named and still work here, each once. */
export function findPeople(assignees: Assignee[], view: PeopleView): string[] {
  return working(assignees.flatMap((assignee) => kindOf(assignee).resolve(assignee as never, view)), view)
}

/** Whether this person is named, or may be for some record. */
export function mayBeAmong(assignees: Assignee[], id: string, people: PeopleView['people'] | Omit<PeopleView['people'], 'deputyOf'>): boolean {
  return assignees.some((assignee) => !kindOf(assignee).fixed || kindOf(assignee).resolve(assignee as never, { people } as PeopleView).includes(id))
}

export const expressionsIn = (assignees: Assignee[]): string[] => assignees.flatMap((a) => ('expression' in a ? [a.expression] : []))

export const working = (ids: string[], { people }: Pick<PeopleView, 'people'>) => [...new Set(ids)].filter((id) => people.person(id)?.active)

export function checkAssignee(assignee: Assignee, checks: PeopleChecks): void {
  kindOf(assignee).check?.(assignee as never, checks)
}
