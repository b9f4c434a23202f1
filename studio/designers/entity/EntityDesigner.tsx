import { Skeleton } from 'antd'
import { lazy, Suspense } from 'react'
import { useLabel } from '../../../runtime/app/i18n'
import { useText } from '../../i18n'
import { Panel } from '../../panels/Panel'
import { usePanel } from '../../panels/PanelContext'
import { useAt, useChosen, useScrollTo } from '../common/use-at'
import { DesignerTabs } from '../common/DesignerTabs'
import { JsonTab } from '../common/JsonTab'
import { Split } from '../common/Split'
import { FieldList } from './FieldList'
import { FieldPanel } from './FieldPanel'
import { RelatedDefinitions } from './RelatedDefinitions'

const Preview = lazy(() => import('./Preview'))

export default function EntityDesigner() {
  const t = useText()
  return (
    <DesignerTabs items={[
      { key: 'fields', label: t('entity.fields'), children: <Fields /> },
      { key: 'members', label: t('entity.settings'), children: <div className="fw-panel st-pad st-document"><Panel definition="Entity" path={[]} /></div> },
      { key: 'preview', label: t('entity.preview'), children: <Suspense fallback={<Skeleton active />}><Preview /></Suspense> },
      { key: 'related', label: t('entity.related'), children: <RelatedDefinitions /> },
      { key: 'json', label: 'JSON', children: <JsonTab /> },
    ]} />
  )
}

function Fields() {
  const { document } = usePanel()
  const [index, choose] = useChosen('fields')
  const read = useLabel()
  useScrollTo(useAt())
  const field = index === undefined || !('fields' in document) ? undefined : document.fields[index]
  const side = field && { title: read(field.label) || field.name, content: <FieldPanel key={index} path={['fields', index!]} /> }
  return (
    <Split side={side} onClose={() => choose(undefined)}>
      <FieldList path={['fields']} selected={field ? index : undefined} onSelect={choose} />
    </Split>
  )
}
