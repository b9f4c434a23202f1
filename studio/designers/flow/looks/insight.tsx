import { BarChartOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useLanguage } from '../../../../runtime/app/i18n'
import type { Flow } from '../../../../schemas/generated/types'
import { fetchInsight, type FlowInsight, type NodeInsight } from '../../../api/studio-api'
import { useText } from '../../../i18n'
import { InsightTable } from './InsightTable'
import type { Layer, NodeMark } from './layer'
import type { Look } from './look'
import { lastDays, type Days } from './PeriodPicker'

/** Fewer decisions without a rejection are no reason to remove a step. */
const telling = 20

/** The past of the published flow on the canvas of its draft, with a table below. */
export function useInsight(flow: Flow, shown: boolean): Look {
  const [days, setDays] = useState<Days>(() => lastDays(90))
  const { data, error, isFetching } = useQuery({ queryKey: ['flow-insight', flow.name, ...days], queryFn: () => fetchInsight(flow.name, ...days), enabled: shown, staleTime: 0, retry: false, placeholderData: (previous) => previous })
  return {
    icon: <BarChartOutlined />, title: 'insight.title', layer: useInsightLayer(data),
    below: shown && <InsightTable flow={flow} days={days} onDays={setDays} insight={data} error={error} loading={isFetching} />,
  }
}

function useInsightLayer(insight: FlowInsight | undefined): Layer | undefined {
  const t = useText()
  const span = useSpan()
  return useMemo(() => {
    if (!insight) return undefined
    const marks = new Map<string, NodeMark>()
    const waiting = new Map(insight.open.map((o) => [o.node, o.count]))
    for (const node of insight.nodes) marks.set(node.node, { tone: neverRejected(node) ? 'look' : 'plain', lines: [
      ...(neverRejected(node) ? [t('insight.never', { count: node.decisions })] : node.decisions > 0 ? [t('insight.count', { count: node.decisions })] : []),
      ...(node.turnaround ? [span(node.turnaround.median)] : []),
      ...(waiting.has(node.node) ? [t('insight.waiting', { count: waiting.get(node.node)! })] : []),
    ] })
    for (const [node, count] of waiting) if (!marks.has(node)) marks.set(node, { tone: 'plain', lines: [t('insight.waiting', { count })] })
    return { nodes: marks }
  }, [insight]) // eslint-disable-line react-hooks/exhaustive-deps
}

export const neverRejected = ({ decisions, rejected, returned }: Pick<NodeInsight, 'decisions' | 'rejected' | 'returned'>) => decisions >= telling && rejected + returned === 0

const units = [['insight.days', 86_400_000], ['insight.hours', 3_600_000], ['insight.minutes', 60_000]] as const

/** A time span in its largest unit, with one digit after the point where it is small. */
export function useSpan(): (ms: number) => string {
  const t = useText()
  const format = new Intl.NumberFormat(useLanguage(), { maximumFractionDigits: 1 })
  return (ms) => {
    const [unit, size] = units.find(([, length]) => ms >= length) ?? units[2]
    return t(unit, { n: format.format(ms / size) })
  }
}
