import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { View } from '../../../schemas/generated/types'
import type { CompiledEntity, CompiledField } from '../../engine/model'
import { aggregate } from '../api/records'
import { FailedState } from '../components'
import { PanelSkeleton } from '../components/PageSkeleton'
import { Value } from '../field-views/Value'
import { useLabel, useText } from '../i18n'
import { allOf, conditionsOf, toFilter, type Condition } from '../list/conditions'
import type { ListState } from '../list/list-state'
import type { ListViewProps } from '../list/list-view'
import { NothingFound } from '../list/NothingFound'
import { useCatalog } from '../session'
import './chart.css'

type Chart = NonNullable<View['chart']>
interface Bar { key: unknown; value: unknown; size: number }

/** A bar for each group, the longest first; each leads to the records behind it. A table to those who cannot see bars. */
export default function ChartView(props: ListViewProps) {
  const { entity, list } = props
  const label = useLabel()
  const t = useText()
  const { groupBy, measure } = list.view!.chart!
  const group = entity.fields.get(groupBy)!
  const measured = entity.fields.get(measure.field ?? '')
  const { data: bars, error, refetch } = useBars(entity, list, list.view!.chart!)
  const open = useDrillDown(entity, list, group)
  if (error && !bars) return <FailedState error={error} onRetry={() => void refetch()} />
  if (!bars) return <PanelSkeleton />
  if (bars.length === 0) return <div className="fw-panel"><NothingFound {...props} /></div>
  const longest = Math.max(...bars.map((bar) => Math.abs(bar.size)), 1e-9)
  const all = bars.reduce((sum, bar) => sum + bar.size, 0)
  return (
    <div className="fw-panel fw-chart">
      <table>
        <caption>{label(list.view!.label)}</caption>
        <thead className="fw-unseen"><tr><th scope="col">{label(group.definition.label)}</th><th scope="col">{measured ? label(measured.definition.label) : t('chart.count')}</th></tr></thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={String(bar.key)}>
              <th scope="row"><button type="button" onClick={() => open(bar.key)}>{bar.key === null ? t('chart.none') : <Value field={group} record={{ [groupBy]: bar.key }} />}</button></th>
              <td><div className="fw-bar" style={{ width: `${(100 * Math.abs(bar.size)) / longest}%` }} /></td>
              <td>{measured ? <Value field={measured} record={{ [measured.name]: bar.value }} /> : bar.size} {measure.op !== 'avg' && all > 0 && <span className="fw-muted">{Math.round((100 * bar.size) / all)}%</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function useBars(entity: CompiledEntity, list: ListState, { groupBy, measure }: Chart) {
  const filter = allOf(list.view?.filter, toFilter(list.conditions))
  return useQuery({
    queryKey: ['records', entity.name, 'chart', filter, list.q, groupBy, measure],
    queryFn: async () => {
      const { groups } = await aggregate(entity.name, { groupBy: [groupBy], measures: [measure], ...(filter && { filter }), ...(list.q && { q: list.q }) })
      const bars = groups.map(({ keys, values }): Bar => ({ key: keys[0] ?? null, value: values[0], size: Number(values[0] ?? 0) }))
      return bars.sort((a, b) => b.size - a.size)
    },
    placeholderData: keepPreviousData,
  })
}

/** The records of a group, in the first table of the entity. */
function useDrillDown(entity: CompiledEntity, list: ListState, group: CompiledField): (key: unknown) => void {
  const table = useCatalog().views.get(entity.name)?.find((view) => view.columns !== undefined && view.chart === undefined)
  return (key) => {
    const chosen: Condition = key === null ? { field: group.name, op: 'empty' } : { field: group.name, op: 'eq', value: key }
    list.change({ view: table?.name ?? '', conditions: [...conditionsOf(list.view?.filter), ...list.conditions, chosen] })
  }
}
