import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, type ComponentType } from 'react'
import { useNavigate } from 'react-router'
import type { View } from '../../../schemas/generated/types'
import { Page } from '../components'
import { PanelSkeleton } from '../components/PageSkeleton'
import { useLabel, useText } from '../i18n'
import { useEntity, useRights } from '../session'
import { useShortcut } from '../shortcuts/use-shortcut'
import { useListState } from './list-state'
import { ListMore } from './ListMore'
import { ListToolbar } from './ListToolbar'
import { TableView } from './TableView'
import { LeftOutNote } from './LeftOutNote'
import { ViewMenu } from './ViewMenu'
import { ViewSwitch } from './ViewSwitch'
import { PipelineSelect } from '../board/PipelineSelect'
import type { ListViewProps } from './list-view'
import './list.css'

const BoardView = lazy(() => import('../board/BoardView'))
const ChartView = lazy(() => import('../chart/ChartView'))
/** How a type of view looks, and what it adds to the filters. */
interface Look { Rows: ComponentType<ListViewProps>; Tools?: ComponentType<{ entity: string }> }

const looks: Record<View['type'], Look> = { table: { Rows: TableView }, kanban: { Rows: BoardView, Tools: PipelineSelect }, chart: { Rows: ChartView } }

/** The records of an entity, in one of its views. */
export default function ListPage({ entity: name }: { entity: string }) {
  const label = useLabel()
  const entity = useEntity(name)!
  const rights = useRights(name)
  const list = useListState(name)
  const { Rows, Tools } = looks[list.view?.type ?? 'table']
  return (
    <Page fill title={label(entity.definition.plural ?? entity.definition.label)} tags={<><ViewSwitch list={list} /><ViewMenu entity={entity} rights={rights} list={list} /></>} actions={<>{rights.create && <NewButton entity={name} />}<ListMore entity={entity} rights={rights} /></>}>
      {list.own && <LeftOutNote view={list.own} />}
      <ListToolbar entity={entity} rights={rights} list={list} tools={Tools && <Tools entity={name} />} />
      <Suspense fallback={<PanelSkeleton />}><Rows entity={entity} rights={rights} list={list} /></Suspense>
    </Page>
  )
}

function NewButton({ entity }: { entity: string }) {
  const t = useText()
  const go = useNavigate()
  const create = () => void go(`/${entity}/new`)
  useShortcut('n', 'keys.new', create)
  return <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={create}>{t('common.new')}</Button>
}
