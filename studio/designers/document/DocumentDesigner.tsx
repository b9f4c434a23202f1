import { useText } from '../../i18n'
import { Panel } from '../../panels/Panel'
import { usePanel } from '../../panels/PanelContext'
import { DesignerTabs } from '../common/DesignerTabs'
import { JsonTab } from '../common/JsonTab'
import { useAt, useScrollTo } from '../common/use-at'

/** Any definition: its panel, and the document itself. */
export default function DocumentDesigner() {
  const t = useText()
  return (
    <DesignerTabs items={[
      { key: 'members', label: t('document.members'), rest: true, children: <Members /> },
      { key: 'json', label: 'JSON', children: <JsonTab /> },
    ]} />
  )
}

function Members() {
  const { document } = usePanel()
  useScrollTo(useAt())
  return <div className="fw-panel st-pad st-document"><Panel definition={schemaName(document.kind)} path={[]} /></div>
}

/** entity → Entity */
const schemaName = (kind: string) => kind[0]!.toUpperCase() + kind.slice(1)
