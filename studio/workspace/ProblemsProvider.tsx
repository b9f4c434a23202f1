import { useQuery } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useMemo, type ReactNode } from 'react'
import { validateDrafts, type DefinitionProblem } from '../api/studio-api'
import { documentId, type DocumentId } from '../editor/documents'
import { useDocuments } from './hooks'
import { useWorkspaceState } from './WorkspaceProvider'

interface Problems {
  all: readonly DefinitionProblem[]
  /** What can be published, but should be put right. */
  warnings: readonly DefinitionProblem[]
  byDocument: ReadonlyMap<DocumentId, readonly DefinitionProblem[]>
  checking: boolean
  error: Error | null
  /** Checks again and resolves with what was found. */
  check: () => Promise<readonly DefinitionProblem[]>
}

const ProblemsContext = createContext<Problems | undefined>(undefined)

/** What publishing would refuse, checked by the server each time the drafts have been saved. */
export function ProblemsProvider({ children }: { children: ReactNode }) {
  const saved = useWorkspaceState((s) => s.saving.kind === 'saved')
  const documents = useDocuments()
  const version = useVersion(documents)
  const query = useQuery({
    queryKey: ['studio-problems', version], queryFn: validateDrafts, enabled: saved, staleTime: Infinity, gcTime: 0, placeholderData: (last) => last,
  })
  const { data, isFetching, error, refetch } = query
  const found = useMemo(() => ({ all: data?.problems ?? [], warnings: data?.warnings ?? [], byDocument: grouped(data?.problems ?? []) }), [data])
  const check = useCallback(async () => (await refetch({ throwOnError: true })).data?.problems ?? [], [refetch])
  const value = useMemo<Problems>(() => ({ ...found, checking: isFetching, error, check }), [found, isFetching, error, check])
  return <ProblemsContext value={value}>{children}</ProblemsContext>
}

const versions = new WeakMap<object, number>()
let latest = 0
/** A number that differs when the documents do. */
function useVersion(documents: object): number {
  if (!versions.has(documents)) versions.set(documents, (latest += 1))
  return versions.get(documents)!
}

function grouped(problems: readonly DefinitionProblem[]): Map<DocumentId, DefinitionProblem[]> {
  const result = new Map<DocumentId, DefinitionProblem[]>()
  for (const problem of problems) {
    const id = documentId(problem.kind, problem.key)
    result.set(id, [...(result.get(id) ?? []), problem])
  }
  return result
}

export function useProblems(): Problems {
  const problems = useContext(ProblemsContext)
  if (!problems) throw new Error('useProblems needs a ProblemsProvider above it')
  return problems
}

const none: readonly DefinitionProblem[] = []

export function useProblemsOf(id: DocumentId): readonly DefinitionProblem[] {
  return useProblems().byDocument.get(id) ?? none
}
