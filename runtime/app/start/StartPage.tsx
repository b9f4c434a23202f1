import { Button, Skeleton } from 'antd'
import { PlusOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import type { CompiledEntity } from '../../engine/model'
import { EmptyState, FailedState, Page } from '../components'
import { useLabel, useText } from '../i18n'
import { TaskLine } from '../inbox/TaskLine'
import { useTasks } from '../inbox/use-tasks'
import { useCatalog, useMe, useRights } from '../session'
import { EntityIcon } from '../shell/EntityIcon'
import { useMenu } from '../shell/use-menu'
import { recentOf } from './recent'
import './start.css'

/** Tasks shown before one goes to the inbox. */
const most = 6

/** What waits for me, and the ways to everything else. */
export default function StartPage() {
  const t = useText()
  const { user } = useMe()
  return (
    <Page title={t('start.hello', { name: user.name })}>
      <div className="fw-start">
        <MyTasks />
        <div className="fw-start-side">
          <Shortcuts />
          <RecentRecords />
        </div>
      </div>
    </Page>
  )
}

function MyTasks() {
  const t = useText()
  const tasks = useTasks('todo', most)
  const items = tasks.data?.items ?? []
  return (
    <section className="fw-panel fw-start-panel" aria-label={t('start.tasks')}>
      <h2>{t('start.tasks')} <span className="fw-muted">{tasks.data?.count ?? ''}</span></h2>
      {tasks.isPending && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
      {tasks.error && <FailedState error={tasks.error} onRetry={() => void tasks.refetch()} />}
      {tasks.data && items.length === 0 && <EmptyState title={t('start.noTasks')} hint={t('start.noTasksHint')} />}
      <ul className="fw-task-list">{items.map((task) => <li key={task.id}><Link className="fw-task-link" to={`/inbox/${task.id}`}><TaskLine task={task} /></Link></li>)}</ul>
      {(tasks.data?.count ?? 0) > most && <Link to="/inbox">{t('common.showAll')}</Link>}
    </section>
  )
}

function Shortcuts() {
  const label = useLabel()
  return useMenu().map((group) => (
    <section key={group.id} className="fw-panel fw-start-panel">
      <h2>{label(group.label)}</h2>
      <ul className="fw-tiles">{group.entities.map((entity) => <Tile key={entity.name} entity={entity} />)}</ul>
    </section>
  ))
}

function Tile({ entity: { name, definition } }: { entity: CompiledEntity }) {
  const t = useText()
  const label = useLabel()
  const rights = useRights(name)
  const title = label(definition.label)
  return (
    <li className="fw-tile">
      <Link to={`/${name}`}><EntityIcon name={definition.icon} label={title} /> {label(definition.plural ?? definition.label)}</Link>
      {rights.create && <Link to={`/${name}/new`} tabIndex={-1}><Button size="small" type="text" icon={<PlusOutlined aria-hidden />} aria-label={t('form.new', { entity: title })} /></Link>}
    </li>
  )
}

function RecentRecords() {
  const t = useText()
  const label = useLabel()
  const { entities } = useCatalog()
  const recent = recentOf(useMe().user.id).filter(({ entity }) => entities.has(entity))
  if (recent.length === 0) return null
  return (
    <section className="fw-panel fw-start-panel">
      <h2>{t('start.recent')}</h2>
      <ul className="fw-recent">
        {recent.map(({ entity, id, title }) => (
          <li key={id}><Link to={`/${entity}/${id}`} className="fw-ellipsis">{title}</Link><span className="fw-muted">{label(entities.get(entity)!.definition.label)}</span></li>
        ))}
      </ul>
    </section>
  )
}
