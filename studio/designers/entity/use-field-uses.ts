import { useMemo } from 'react'
import { placesUsing, type UsePlace } from '../../../runtime/engine/where-used'
import { change } from '../../editor/command'
import { partsOf } from '../../editor/documents'
import { getAt, pathOf, pointerOf, type Path } from '../../editor/path'
import { usePanel } from '../../panels/PanelContext'
import { compiledOf } from '../../workspace/compiled'
import { useRemaining } from '../../workspace/hooks'
import { useWorkspaceState } from '../../workspace/WorkspaceProvider'
import { takeOffScreens } from './edits'

/** Places that rely on a field or column besides the forms and views that merely show it, drafts included; and how many of these there are. */
export function useFieldUses(path: Path): { places: UsePlace[]; screens: number } {
  const { id } = usePanel()
  const documents = useRemaining()
  const published = useWorkspaceState((s) => s.published)
  const at = pointerOf(path)
  return useMemo(() => {
    const place = pathOf(at)
    const off = change(documents, { key: 'do.removeField', params: {} }, takeOffScreens(documents, id, place))
    const names = place.flatMap((_, i) => (place[i - 1] === 'fields' ? [String(getAt(documents[id], [...place.slice(0, i + 1), 'name']))] : []))
    const { kind, key } = partsOf(id)
    return { places: placesUsing(compiledOf(off.execute(documents), published), kind, key, names.join('.')), screens: off.touches.length }
  }, [documents, published, id, at])
}
