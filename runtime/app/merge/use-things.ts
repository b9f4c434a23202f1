import { useLabel, useList } from '../i18n'
import { useCatalog } from '../session'

/** Kinds of records with their numbers, in words. */
export function useThings(): (items: { entity: string; count: number }[]) => string {
  const label = useLabel()
  const { entities } = useCatalog()
  const list = useList()
  return (items) => list(items.map(({ entity, count }) => { const definition = entities.get(entity)?.definition; return `${label(definition?.plural ?? definition?.label)} ${count}` }))
}
