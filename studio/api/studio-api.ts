/** The calls that only the studio makes; see server/http/README.md. */
import { request } from '../../runtime/app/api'
import type { Problem } from '../../schemas/errors'
import type { Definition } from '../../schemas/generated/types'
import { partsOf, type DocumentId, type Kind } from '../editor/documents'

export interface Draft {
  kind: Kind
  key: string
  definition: Definition
  /** Published version the draft started from; absent for a new definition. */
  base?: number | null
  updatedAt: string
  updatedBy: string
}
export interface DefinitionProblem extends Problem { kind: Kind; key: string }
export interface ImpactItem {
  kind: Kind
  key: string
  change: 'added' | 'changed'
  /** Records that exist of it. */
  records?: number
  fields?: { added: string[]; changed: string[] }
}
export interface ReleaseItem { kind: Kind; key: string; version: number }
export interface Release { number: number; at: string; by: string | null; items: ReleaseItem[] }

function path(id: DocumentId): string {
  const { kind, key } = partsOf(id)
  return `/definitions/${kind}/${encodeURIComponent(key)}`
}

export const fetchDrafts = () => request<{ hash: string; drafts: Draft[] }>('/definitions/drafts')
export const saveDraft = (id: DocumentId, definition: Definition) => request<unknown>(path(id), { method: 'PUT', body: definition })
export const discardDraft = (id: DocumentId) => request<unknown>(path(id), { method: 'DELETE' })
export const validateDrafts = () =>
  request<{ valid: boolean; problems: DefinitionProblem[]; warnings: DefinitionProblem[] }>('/definitions/validate', { method: 'POST', body: {}, safe: true })
export const fetchImpact = () => request<{ items: ImpactItem[] }>('/definitions/drafts/impact')
export const publish = (hash: string) => request<Release>('/releases', { method: 'POST', body: { hash } })
export const fetchReleases = async (): Promise<Release[]> => {
  const answer = await request<{ items: Release[] } | { releases: Release[] }>('/releases')
  return 'items' in answer ? answer.items : answer.releases
}
