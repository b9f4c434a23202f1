import { Link, useInRouterContext } from 'react-router'
import { useCatalog, useMe } from '../session'
import { rightsOn } from '../session/rights'
import { useTitle } from '../titles/titles'

/** Name of a record, as a link where the reader may open it. An id without a visible title shows a dash. */
export function RecordLink({ entity, id }: { entity: string; id: string }) {
  const title = useTitle(id)
  const screens = useHasScreen(entity)
  if (title === undefined) return <span className="fw-muted">—</span>
  if (!screens) return <span>{title}</span>
  return <Link to={`/${entity}/${id}`} onClick={(event) => event.stopPropagation()}>{title}</Link>
}

/** Only entities of the menu have screens; people and departments have none here. */
function useHasScreen(entity: string): boolean {
  const menu = useCatalog().template?.menu ?? []
  const readable = rightsOn(useMe(), entity).read
  return useInRouterContext() && readable && menu.some((group) => group.entities.includes(entity))
}
