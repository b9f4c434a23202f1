import { useLabel, useLanguage } from '../../../runtime/app/i18n'
import type { Assignee } from '../../../schemas/generated/types'
import { documentId, type Documents } from '../../editor/documents'
import { choiceText } from '../../i18n/words'
import { usePeople, type PersonEntry } from '../../workspace/use-people'
import { useWorkspace } from '../../workspace/WorkspaceProvider'

interface Known { documents: Documents; people: readonly PersonEntry[]; read: ReturnType<typeof useLabel>; kind: string }

/** Who is asked, in a word or two: one line a kind of assignee. */
const texts: { [K in Assignee['kind']]: (assignee: Extract<Assignee, { kind: K }>, known: Known) => string } = {
  user: ({ user }, { people }) => people.find((p) => p.username === user)?.name ?? user ?? '?',
  role: ({ role }, { documents, read }) => read(documents[documentId('role', role)]?.label) || role || '?',
  group: ({ group }, { kind }) => `${kind} ${group ?? '?'}`,
  department: ({ department }) => department ?? '?',
  departmentHead: ({ levels = 1 }, { kind }) => (levels > 1 ? `${kind} ×${levels}` : kind),
  manager: ({ levels = 1 }, { kind }) => (levels > 1 ? `${kind} ×${levels}` : kind),
  managerChain: ({ levels }, { kind }) => (levels === undefined ? kind : `${kind} ×${levels}`),
  initiator: (_assignee, { kind }) => kind,
  initiatorSelect: (_assignee, { kind }) => kind,
  previousSelect: (_assignee, { kind }) => kind,
  formUser: ({ field }, { kind }) => `${kind} ${field ?? '?'}`,
  recordOwner: (_assignee, { kind }) => kind,
  expression: (_assignee, { kind }) => kind,
}

export function useAssigneeText(): (assignee: Assignee) => string {
  // Read when needed rather than followed: a canvas of many nodes must not be drawn anew with every key pressed.
  const workspace = useWorkspace()
  const people = usePeople()
  const read = useLabel()
  const language = useLanguage()
  return (assignee) => {
    const text = texts[assignee.kind] as (a: Assignee, known: Known) => string
    return text(assignee, { documents: workspace.getState().history.documents, people, read, kind: choiceText('Assignee', assignee.kind, language) })
  }
}
