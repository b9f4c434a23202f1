import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react'
import { assembleCatalog } from '../../engine/assemble-catalog'
import type { Catalog, CompiledEntity } from '../../engine/model'
import { adoptRelease, releaseSeen } from '../api'
import { wasSignedIn } from '../api/session'
import { fetchDefinitions, type Published } from '../api/definitions'

const CatalogContext = createContext<Catalog | undefined>(undefined)
const definitionsKey = ['definitions'] as const

interface Props {
  children: ReactNode
  loading: ReactNode
  failed: (error: Error, retry: () => void) => ReactNode
}

/** The published definitions, compiled. Reloaded when an answer names another release; screens go on with the old ones meanwhile. */
export function DefinitionsProvider({ children, loading, failed }: Props) {
  const client = useQueryClient()
  const published = useQuery({ queryKey: definitionsKey, queryFn: load, staleTime: Infinity })
  useEffect(() => releaseSeen.subscribe(() => reloadDefinitions(client)), [client])
  const { data } = published
  const catalog = useMemo(() => data && assembleCatalog(data.definitions, data.former), [data])
  if (catalog) return <CatalogContext value={catalog}>{children}</CatalogContext>
  return published.error ? failed(published.error, () => void published.refetch()) : loading
}

/** Asks for them together with who one is; for whoever was signed in here last time, or the answer would only be 401. */
export function prefetchDefinitions(client: QueryClient): void {
  if (wasSignedIn()) void client.prefetchQuery({ queryKey: definitionsKey, queryFn: load, staleTime: Infinity })
}

async function load(): Promise<Published> {
  const published = await fetchDefinitions()
  adoptRelease(published.release)
  return published
}

/** Rights name fields, too, so they are asked for again together with the definitions; records may have new fields. */
function reloadDefinitions(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: definitionsKey })
  void client.invalidateQueries({ queryKey: ['me'] })
  void client.invalidateQueries({ queryKey: ['records'] })
}

/** Gives a catalog of its own to a part of the page: the studio's preview shows drafts this way. */
export function CatalogProvider({ catalog, children }: { catalog: Catalog; children: ReactNode }) {
  return <CatalogContext value={catalog}>{children}</CatalogContext>
}

export function useCatalog(): Catalog {
  const catalog = useContext(CatalogContext)
  if (!catalog) throw new Error('useCatalog needs a DefinitionsProvider above it')
  return catalog
}

export function useEntity(name: string): CompiledEntity | undefined {
  return useCatalog().entities.get(name)
}
