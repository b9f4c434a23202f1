import type { TaskItem } from '../api'
import { useText, type TextKey } from '../i18n'
import { useTitle } from '../titles/titles'

const texts: Record<string, TextKey> = { transfer: 'approval.via.transfer', reassign: 'approval.via.reassign', delegate: 'approval.via.delegate', addSign: 'approval.via.addSign', escalate: 'approval.via.escalate' }

/** From whom a task came, or in whose place it is decided; nothing for one that came by the flow. */
export function Origin({ task: { via, givenBy, principal } }: { task: Pick<TaskItem, 'via' | 'givenBy' | 'principal'> }) {
  const t = useText()
  const giver = useTitle(givenBy) ?? '—'
  const absent = useTitle(principal) ?? '—'
  const text = via ? texts[via] : undefined
  if (text) return <>{t(text, { who: giver })}</>
  return principal ? <>{t('approval.via.proxy', { who: absent })}</> : null
}
