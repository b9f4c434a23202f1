import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useMoment } from '../../../../runtime/app/format/moments'
import type { Flow } from '../../../../schemas/generated/types'
import { simulateFlow, type Simulated, type SimulatedStep } from '../../../api/studio-api'
import { useText } from '../../../i18n'
import type { Layer, NodeMark } from './layer'

export type Choices = Record<string, 'approve' | 'reject'>
export interface TrialInput { by: 'sample' | 'record'; recordId?: string | undefined; sample: Record<string, unknown>; initiator?: string | undefined; choices: Choices }

/** A try-out of the flow as it is drafted: what is put in, and where it went. Lives as long as the canvas. */
export function useTrial(flow: Flow) {
  const [input, setInput] = useState<TrialInput>({ by: 'sample', sample: {}, choices: {} })
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: ({ by, recordId, sample, initiator, choices }: TrialInput) =>
      simulateFlow(flow.name, { definition: flow, choices, ...(by === 'record' ? { recordId: recordId ?? '' } : { sample }), ...(initiator !== undefined && { initiator }) }),
  })
  const change = (changes: Partial<TrialInput>) => setInput((old) => ({ ...old, ...changes }))
  const run = (changes: Partial<TrialInput> = {}) => { change(changes); mutate({ ...input, ...changes }) }
  return { input, change, run, result: data, error, busy: isPending, clear: reset, layer: useRouteLayer(data) }
}
export type Trial = ReturnType<typeof useTrial>

function useRouteLayer(result: Simulated | undefined): Layer | undefined {
  const lines = useStepLines(result)
  return useMemo(() => result && { nodes: new Map(result.steps.map((step): [string, NodeMark] => [step.node, { tone: result.stuck?.node === step.node ? 'stuck' : 'on', lines: lines(step) }])), ways: new Set(result.ways) }, [result]) // eslint-disable-line react-hooks/exhaustive-deps
}

/** Who, until when, or why nobody. */
export function useStepLines(result: Simulated | undefined): (step: SimulatedStep) => string[] {
  const moment = useMoment()
  const t = useText()
  return ({ asked, told, dueAt, automatic, decision }) => [
    ...(asked.length > 0 ? [asked.map((id) => result?.titles[id] ?? id).join('、')] : []),
    ...(told ? [t('trial.told', { people: told.map((id) => result?.titles[id] ?? id).join('、') })] : []),
    ...(dueAt === undefined ? [] : [t('trial.due', { date: moment(dueAt) })]),
    ...(automatic === undefined ? [] : [t('trial.automatic')]),
    ...(decision === 'rejected' ? [t('trial.rejected')] : []),
  ]
}
