import type { FlowInstance } from '../api'
import { ChangeList } from '../detail/ChangeList'
import { useLabel, useText } from '../i18n'
import { useCatalog, useMe } from '../session'
import { DecisionForm } from './DecisionForm'
import { InstanceStatus } from './InstanceStatus'
import { RepairMenu } from './RepairMenu'
import { TalkButtons } from './TalkButtons'
import { Trail } from './Trail'
import { WithdrawButton } from './WithdrawButton'

interface Props {
  instance: FlowInstance
  /** Revision of the record that is on the screen: one decides on what one saw. Undefined when it cannot be seen. */
  rev: number | undefined
  /** Heading and commands are elsewhere. */
  bare?: boolean
  onDecided?: () => void
}

/** One approval: its state, what it waits for from me, and its trail. */
export function InstanceView({ instance, rev, bare, onDecided }: Props) {
  const label = useLabel()
  const me = useMe().user.id
  const mine = instance.tasks.find((task) => task.assignee === me && (task.offered?.length ?? 0) > 0)
  return (
    <div className="fw-instance">
      {!bare && <div className="fw-instance-head"><b>{label(instance.definition.label)}</b><InstanceStatus status={instance.status} /></div>}
      <HeldChange instance={instance} />
      {!bare && mine && <DecisionForm key={mine.id} task={mine} flow={instance.definition} rev={rev} {...(onDecided && { onDecided })} />}
      <Trail instance={instance} />
      {!bare && (
        <div className="fw-talk">
          <TalkButtons instance={instance} />
          {instance.initiator === me && <WithdrawButton instance={instance} />}
          {instance.administers && <RepairMenu instance={instance} />}
        </div>
      )}
    </div>
  )
}

/** What would become of the record, or of which field, when it is approved; the stage it would go to. */
function HeldChange({ instance: { entity: name, changes, purpose } }: { instance: FlowInstance }) {
  const t = useText()
  const label = useLabel()
  const entity = useCatalog().entities.get(name)
  if (purpose?.label) return <p className="fw-held-title">{t('approval.stage', { stage: label(purpose.label) })}</p>
  if (purpose?.kind === 'deletion') return <p className="fw-held-title">{t('approval.deletion')}</p>
  if (!entity || !changes) return null
  return <section aria-label={t('approval.change')}><h3 className="fw-held-title">{t('approval.change')}</h3><ChangeList entity={entity} changes={changes} putBack={() => undefined} /></section>
}
