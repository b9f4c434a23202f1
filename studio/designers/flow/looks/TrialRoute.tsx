import { Alert, Segmented, Tag } from 'antd'
import { useLabel, useLanguage } from '../../../../runtime/app/i18n'
import type { Flow } from '../../../../schemas/generated/types'
import type { Simulated, SimulatedStep } from '../../../api/studio-api'
import { useText } from '../../../i18n'
import { choiceText } from '../../../i18n/words'
import type { Chosen } from '../canvas/CanvasContext'
import { nodeOf } from '../graph/graph'
import { useStepLines, type Choices, type Trial } from './use-trial'

interface Props { flow: Flow; trial: Trial; result: Simulated; choose: (chosen: Chosen) => void }

const colors: Partial<Record<Simulated['status'], string>> = { approved: 'green', rejected: 'red' }

/** The nodes in the order in which they were come to; where people are asked, one may say that they reject. */
export function TrialRoute({ flow, trial, result, choose }: Props) {
  const t = useText()
  const nameOf = useNodeName(flow)
  return (
    <section aria-label={t('trial.route')} aria-live="polite">
      {result.stuck
        ? <Alert type="error" showIcon title={t('trial.stuck', { node: nameOf(result.stuck.node) })} description={result.stuck.reason} />
        : <p>{t('trial.ends')} <Tag color={colors[result.status]}>{t(result.status === 'rejected' ? 'trial.endRejected' : 'trial.endApproved')}</Tag></p>}
      <ol className="st-route">
        {result.steps.filter(once).map((step, i) => <Step key={i} step={step} name={nameOf(step.node)} result={result} trial={trial} choose={choose} />)}
      </ol>
    </section>
  )
}

/** Branches that meet come to the node one after the other. */
const once = (step: SimulatedStep, i: number, steps: SimulatedStep[]) => step.asked.length > 0 || steps[i - 1]?.node !== step.node

interface StepProps { step: SimulatedStep; name: string; result: Simulated; trial: Trial; choose: (chosen: Chosen) => void }

function Step({ step, name, result, trial, choose }: StepProps) {
  const t = useText()
  const lines = useStepLines(result)(step)
  const { choices } = trial.input
  const options = [{ value: 'approve' as const, label: t('trial.approves') }, { value: 'reject' as const, label: t('trial.rejects') }]
  return (
    <li>
      <button type="button" className="st-link" onClick={() => choose({ node: step.node })}>{name}</button>
      {lines.length > 0 && <span className="fw-muted"> · {lines.join(' · ')}</span>}
      {step.asked.length > 0 && step.round === 1 && (
        <Segmented<Choices[string]> size="small" aria-label={t('trial.decisionAt', { node: name })} value={choices[step.node] ?? 'approve'} options={options} onChange={(choice) => trial.run({ choices: { ...choices, [step.node]: choice } })} />
      )}
    </li>
  )
}

/** A node's label, else the name of its type. */
export function useNodeName(flow: Flow): (id: string) => string {
  const read = useLabel()
  const language = useLanguage()
  return (id) => {
    const node = nodeOf(flow, id)
    return node ? read(node.label) || choiceText('FlowNode', node.type, language) : id
  }
}
