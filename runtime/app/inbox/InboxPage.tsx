import { Button, Checkbox, Segmented, Skeleton } from 'antd'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { TaskBox, TaskItem } from '../api'
import { EmptyState, FailedState, Page, usePhone } from '../components'
import { useText } from '../i18n'
import { useMe } from '../session'
import { useShortcut } from '../shortcuts/use-shortcut'
import { BulkBar } from './BulkBar'
import { TaskDetail } from './TaskDetail'
import { TaskLine } from './TaskLine'
import { noItems, useChosen, type Chosen } from './use-chosen'
import { useTasks } from './use-tasks'
import './inbox.css'

const boxes: TaskBox[] = ['todo', 'done', 'started', 'cc', 'stuck']
const step = 50

/** What waits for me: the list on the left, the task on the right; on a phone one after the other. */
export default function InboxPage() {
  const t = useText()
  const phone = usePhone()
  const inbox = useInbox()
  const { tasks, items, selected, open } = inbox
  useShortcut('j', 'keys.next', () => inbox.go(1))
  useShortcut('k', 'keys.previous', () => inbox.go(-1))
  const listShown = !phone || !selected
  const chosen = useChosen(inbox.box === 'todo' ? items : noItems)
  return (
    <Page fill title={t('shell.inbox')} tags={listShown && <Boxes box={inbox.box} onChange={inbox.choose} />}>
      <div className="fw-inbox">
        {listShown && (
          <div className="fw-panel fw-inbox-list" aria-busy={tasks.isFetching}>
            {tasks.isPending && <div className="fw-inbox-pad"><Skeleton active title={false} paragraph={{ rows: 8 }} /></div>}
            {tasks.error && <FailedState error={tasks.error} onRetry={() => void tasks.refetch()} />}
            {tasks.data && items.length === 0 && <EmptyState title={t(`inbox.empty.${inbox.box}`)} hint={t(`inbox.hint.${inbox.box}`)} />}
            {chosen.ids.length > 0 && <BulkBar ids={chosen.ids} items={items} onDone={chosen.clear} />}
            <TaskList items={items} selected={selected} onOpen={open} chosen={chosen} />
            {items.length < (tasks.data?.count ?? 0) && <Button type="text" block onClick={inbox.more}>{t('inbox.more')}</Button>}
          </div>
        )}
        {selected && <TaskDetail key={selected.id} task={selected} onBack={phone ? () => open(undefined) : undefined} onDecided={inbox.decided} />}
        {!selected && !phone && items.length > 0 && <div className="fw-panel fw-inbox-detail"><EmptyState title={t('inbox.choose')} /></div>}
      </div>
    </Page>
  )
}

function Boxes({ box, onChange }: { box: TaskBox; onChange: (box: TaskBox) => void }) {
  const t = useText()
  const { tasks, administers } = useMe()
  const options = boxes.filter((name) => name !== 'stuck' || administers || box === name).map((value) => ({ value, label: value === 'todo' && tasks > 0 ? `${t(`inbox.${value}`)} ${tasks}` : t(`inbox.${value}`) }))
  return <Segmented className="fw-inbox-boxes" options={options} value={box} onChange={onChange} />
}

function TaskList({ items, selected, onOpen, chosen }: { items: TaskItem[]; selected: TaskItem | undefined; onOpen: (task: TaskItem) => void; chosen: Chosen }) {
  const t = useText()
  return (
    <ul className="fw-task-list">
      {items.map((task) => (
        <li key={task.id} className="fw-inbox-row">
          {chosen.may(task) && <Checkbox className="fw-inbox-check" aria-label={t('inbox.select', { title: task.title })} checked={chosen.ids.includes(task.id)} onChange={() => chosen.toggle(task)} />}
          <button type="button" className={task.id === selected?.id ? 'fw-inbox-item fw-inbox-item-on' : 'fw-inbox-item'} aria-current={task.id === selected?.id} onClick={() => onOpen(task)}><TaskLine task={task} /></button>
        </li>
      ))}
    </ul>
  )
}

/** The box and the chosen task stand in the address. On a wide screen the first task is open by itself. */
function useInbox() {
  const phone = usePhone()
  const go = useNavigate()
  const { task: id } = useParams()
  const [params] = useSearchParams()
  const box = boxes.find((name) => name === params.get('box')) ?? 'todo'
  const limit = Number(params.get('limit')) || step
  const tasks = useTasks(box, Math.min(limit, 200))
  const items = tasks.data?.items ?? []
  const chosen = items.find((task) => task.id === id)
  const selected = chosen ?? (phone ? undefined : items[0])
  const address = (task: TaskItem | undefined, nextBox = box, nextLimit = limit) => {
    const query = new URLSearchParams({ ...(nextBox !== 'todo' && { box: nextBox }), ...(nextLimit !== step && { limit: String(nextLimit) }) })
    return `/inbox${task ? `/${task.id}` : ''}${query.size > 0 ? `?${query}` : ''}`
  }
  const open = (task: TaskItem | undefined) => void go(address(task), { replace: !phone })
  const beside = (by: number) => items[items.findIndex((task) => task.id === selected?.id) + by]
  return {
    box, tasks, items, selected, open,
    choose: (next: TaskBox) => void go(address(undefined, next, step)),
    more: () => void go(address(selected, box, limit + step), { replace: true }),
    go: (by: number) => { const next = beside(by); if (next) open(next) },
    decided: () => open(beside(1) ?? beside(-1)),
  }
}
