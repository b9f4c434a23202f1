import { useRef, useState } from 'react'
import type { Flow } from '../../../../schemas/generated/types'
import { replayFlow, type Replayed, type ReplayTotals } from '../../../api/studio-api'
import type { Days } from './PeriodPicker'

export interface Replay { total: number; items: Replayed[]; totals: ReplayTotals; titles: Record<string, string> }

const nothing: ReplayTotals = { instances: 0, stepsBefore: 0, stepsAfter: 0, askedBefore: 0, askedAfter: 0, stuck: 0, gone: 0 }
const sum = (a: ReplayTotals, b: ReplayTotals) => Object.fromEntries(Object.entries(a).map(([name, n]) => [name, n + b[name as keyof ReplayTotals]])) as unknown as ReplayTotals

/** Asks for part after part and adds them up, until it is through or stopped. */
export function useReplay(flow: Flow) {
  const [replay, setReplay] = useState<Replay>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const round = useRef(0)
  const run = async ([from, to]: Days) => {
    const mine = ++round.current
    setBusy(true)
    setError(undefined)
    setReplay(undefined)
    try {
      let whole: Replay = { total: 0, items: [], totals: nothing, titles: {} }
      for (let cursor: string | null | undefined; cursor !== null && round.current === mine;) {
        const part = await replayFlow(flow.name, { definition: flow, from, to, ...(cursor !== undefined && { cursor }) })
        whole = { total: part.total, items: [...whole.items, ...part.items], totals: sum(whole.totals, part.totals), titles: { ...whole.titles, ...part.titles } }
        if (round.current === mine) setReplay(whole)
        cursor = part.nextCursor
      }
    } catch (problem) {
      if (round.current === mine) setError(problem)
    } finally {
      if (round.current === mine) setBusy(false)
    }
  }
  const stop = () => { round.current++; setBusy(false) }
  return { replay, error, busy, run, stop }
}
