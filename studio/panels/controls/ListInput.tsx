import { DeleteOutlined, DownOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useAt } from '../../designers/common/use-at'
import { moved, pointerOf, type Path } from '../../editor/path'
import { useText } from '../../i18n'
import type { Control, ListControl } from '../control'
import { ControlView } from '../ControlView'
import { newItem } from '../fresh'
import { usePlace, useProblemsHere } from '../PanelContext'
import { ProblemMark } from '../ProblemMark'
import { SortableRows } from '../SortableRows'
import type { ControlProps } from './props'
import { useVariantNames } from './structure'
import { useSummary } from './summary'
import './list.css'

/** Items in their order. Big ones are folded to one line that sums them up. */
export function ListInput({ control, path, id, label }: ControlProps<ListControl>) {
  const { value = [], set } = usePlace<unknown[]>(path)
  const opened = useOpened(path, value.length)
  const remove = (i: number) => { opened.close(i); set(value.length > 1 || control.min > 0 ? value.toSpliced(i, 1) : undefined) }
  const add = (item: Control) => { opened.toggle(value.length); set([...value, newItem(item, value)]) }
  const move = (from: number, to: number) => { opened.close(from); opened.close(to); set(moved(value, from, to)) }
  return (
    <div className="st-list" role="group" aria-label={label}>
      <SortableRows count={value.length} keyOf={String} label={(i) => `${label} ${i + 1}`} onMove={move}
        row={(i) => <Item control={control.item} path={[...path, i]} id={`${id}-${i}`} label={`${label} ${i + 1}`} open={opened.has(i)} onToggle={() => opened.toggle(i)} onRemove={() => remove(i)} />} />
      {value.length < control.max && <AddItem control={control.item} label={label} onAdd={add} />}
    </div>
  )
}

interface ItemProps { control: Control; path: Path; id: string; label: string; open: boolean; onToggle: () => void; onRemove: () => void }

function Item({ control, path, id, label, open, onToggle, onRemove }: ItemProps) {
  const t = useText()
  const folds = isBig(control)
  const body = <ControlView control={control} path={path} id={id} label={label} required />
  return (
    <div className={folds ? 'st-list-item st-list-item-big' : 'st-list-item'} data-at={pointerOf(path)}>
      {folds ? <Fold control={control} path={path} open={open} onToggle={onToggle} /> : <div className="st-list-value">{body}</div>}
      <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('list.remove', { name: label })} onClick={onRemove} />
      {folds && open && <div className="st-list-body">{body}</div>}
    </div>
  )
}

function Fold({ control, path, open, onToggle }: Pick<ItemProps, 'control' | 'path' | 'open' | 'onToggle'>) {
  const { value } = usePlace(path)
  const problems = useProblemsHere(path)
  const t = useText()
  const summary = useSummary(path)(control, value)
  return (
    <button type="button" className="st-fold" aria-expanded={open} onClick={onToggle}>
      {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
      <span className="st-fold-text">{summary || <span className="fw-muted">{t('list.empty')}</span>}</span>
      <ProblemMark problems={problems} />
    </button>
  )
}

/** Everything but a single value, or a few in one line. */
function isBig(control: Control): boolean {
  if (control.kind === 'variants') return control.variants.some((v) => isBig(v.control))
  return control.kind === 'group' && (control.members.length > 4 || control.members.some((m) => ['list', 'map', 'variants', 'group', 'names', 'fields'].includes(m.control.kind)))
}

/** Which items are open: those that were opened, a single one, and the one a link leads into. */
function useOpened(path: Path, count: number) {
  const [toggled, setToggled] = useState<ReadonlyMap<number, boolean>>(new Map())
  const at = useAt()
  const linked = at && pointerOf(at).startsWith(`${pointerOf(path)}/`) ? Number(at[path.length]) : undefined
  const has = (i: number) => toggled.get(i) ?? (i === linked || count === 1)
  const put = (i: number, open: boolean) => setToggled((old) => new Map(old).set(i, open))
  return { has, toggle: (i: number) => put(i, !has(i)), close: (i: number) => put(i, false) }
}

/** Asks which variant when there are several. */
function AddItem({ control, label, onAdd }: { control: Control; label: string; onAdd: (control: Control) => void }) {
  const t = useText()
  const name = useVariantNames(control.place)
  const button = <Button size="small" type="dashed" block icon={<PlusOutlined />} onClick={control.kind === 'variants' ? undefined : () => onAdd(control)}>{t('list.add', { name: label })}</Button>
  if (control.kind !== 'variants') return button
  const items = control.variants.map((v) => ({ key: v.name, label: name(v), onClick: () => onAdd(v.control) }))
  return <Dropdown trigger={['click']} menu={{ items }}>{button}</Dropdown>
}
