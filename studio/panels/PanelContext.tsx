import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { Definition } from '../../schemas/generated/types'
import type { DefinitionProblem } from '../api/studio-api'
import type { CommandText } from '../editor/command-text'
import type { DocumentId } from '../editor/documents'
import { getAt, pointerOf, setAt, type Path } from '../editor/path'
import { memberLabel } from '../i18n/words'
import { useDocument } from '../workspace/hooks'
import { problemsAt } from '../workspace/problems-at'
import { useProblemsOf } from '../workspace/ProblemsProvider'
import { useWorkspace } from '../workspace/WorkspaceProvider'

/** The document that the controls below read and write. */
interface Panel {
  id: DocumentId
  document: Definition
  problems: readonly DefinitionProblem[]
}

const PanelContext = createContext<Panel | undefined>(undefined)

export function PanelProvider({ id, children }: { id: DocumentId; children: ReactNode }) {
  const document = useDocument(id)
  const problems = useProblemsOf(id)
  const panel = useMemo(() => document && { id, document, problems }, [id, document, problems])
  return panel && <PanelContext value={panel}>{children}</PanelContext>
}

export function usePanel(): Panel {
  const panel = useContext(PanelContext)
  if (!panel) throw new Error('usePanel needs a PanelProvider above it')
  return panel
}

export function useProblemsHere(path: Path): DefinitionProblem[] {
  return problemsAt(usePanel().problems, path)
}

export interface Place<T> {
  value: T | undefined
  /** `undefined` removes the member. */
  set: (value: unknown, text?: CommandText) => void
  /** As `set`; what follows at once at the same place is the same step to undo. */
  type: (value: unknown) => void
}

/** The value at a place of the document, and commands that change it. */
export function usePlace<T = unknown>(path: Path): Place<T> {
  const { id, document } = usePanel()
  const workspace = useWorkspace()
  const put = (value: unknown, text: CommandText, typing?: string) =>
    workspace.editOne(id, text, (d) => d && setAt(d, path, value), typing)
  const plain = (): CommandText => ({ key: 'do.member', params: { member: memberLabel(nameIn(path)), name: document.label } })
  return {
    value: getAt(document, path) as T | undefined,
    set: (value, text = plain()) => put(value, text),
    type: (value) => put(value, plain(), `${id}${pointerOf(path)}`),
  }
}

/** The innermost member a place is in. */
const nameIn = (path: Path): string => String(path.findLast((key) => typeof key === 'string') ?? '')
