import type { Field } from '../../../schemas/generated/types'
import { setAt, type Path } from '../../editor/path'
import { usePanel } from '../../panels/PanelContext'
import { useDocuments, usePublished } from '../../workspace/hooks'
import { useWorkspace } from '../../workspace/WorkspaceProvider'
import { counterpart, duplicateField, removeField, renameField } from './edits'

/** What can be done with a field as a whole. */
export function useFieldCommands(path: Path, field: Field) {
  const { id, document } = usePanel()
  const workspace = useWorkspace()
  const documents = useDocuments()
  const before = counterpart(usePublished(id), document, path)
  const published = before !== undefined
  const params = { field: field.label ?? field.name }
  return {
    /** As it is published. */
    before,
    published,
    /** Not published, or hidden since a release: then its values go into the trash with it. */
    removable: !before || before.hidden === true,
    /** A column of a sub-table. */
    nested: path.length > 2,
    hide: () => workspace.editOne(id, { key: field.hidden ? 'do.showField' : 'do.hideField', params }, (d) => d && setAt(d, [...path, 'hidden'], field.hidden ? undefined : true)),
    duplicate: () => workspace.edit({ key: 'do.duplicateField', params }, duplicateField(documents, id, path)),
    remove: () => workspace.edit({ key: 'do.removeField', params }, removeField(documents, id, path)),
    rename: (name: string) => workspace.edit({ key: 'do.renameField', params }, renameField(documents, id, path, name), `rename ${id} ${path.join('/')}`),
  }
}
