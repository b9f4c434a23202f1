import { Alert, Segmented } from 'antd'
import { useState } from 'react'
import { CrashGuard, EmptyState, FailedState } from '../../../runtime/app/components'
import { RecordForm } from '../../../runtime/app/form/RecordForm'
import { useLabel } from '../../../runtime/app/i18n'
import { CatalogProvider } from '../../../runtime/app/session'
import type { Form } from '../../../schemas/generated/types'
import { useText } from '../../i18n'
import { usePanel } from '../../panels/PanelContext'
import { useDraftCatalog } from '../../workspace/hooks'

const nothing = {}

/** The form as people will see it, drawn by the renderer of the running app from the drafts. */
export default function Preview() {
  const { document } = usePanel()
  const catalog = useDraftCatalog()
  const t = useText()
  const read = useLabel()
  const entity = catalog.entities.get(document.name)
  const forms = (catalog.forms.get(document.name) ?? []).filter((f) => f.purpose === 'edit')
  const [name, setName] = useState<string>()
  const form: Form | undefined = forms.find((f) => f.name === name) ?? forms[0]
  if (!entity) return <EmptyState title={t('preview.none')} />
  return (
    <div className="fw-panel st-pad st-preview">
      <Alert type="info" showIcon title={t('preview.note')} />
      {forms.length > 1 && <Segmented options={forms.map((f) => ({ value: f.name, label: read(f.label) }))} value={form?.name} onChange={setName} />}
      <CrashGuard fallback={(error, retry) => <FailedState error={error} onRetry={retry} />}>
        <CatalogProvider catalog={catalog}>
          <RecordForm key={versionOf(entity)} entity={entity} form={form} initial={nothing} />
        </CatalogProvider>
      </CrashGuard>
    </div>
  )
}

const versions = new WeakMap<object, number>()
/** A form keeps its fields; another compilation of the entity needs another form. */
function versionOf(entity: object): number {
  if (!versions.has(entity)) versions.set(entity, Math.random())
  return versions.get(entity)!
}
