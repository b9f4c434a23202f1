import type { TrailKind } from '../api'
import type { TextKey } from '../i18n'

/** What an entry of a trail says, after who and where. */
export const trailTexts: Record<TrailKind, TextKey> = {
  submitted: 'trail.submitted', approved: 'trail.approved', rejected: 'trail.rejected', withdrawn: 'trail.withdrawn', automatic: 'trail.automatic', incident: 'trail.incident', ended: 'trail.ended',
  transferred: 'trail.transferred', delegated: 'trail.delegated', signersAdded: 'trail.signersAdded', signersRemoved: 'trail.signersRemoved', copied: 'trail.copied', claimed: 'trail.claimed', commented: 'trail.commented', urged: 'trail.urged', reassigned: 'trail.reassigned',
  called: 'trail.called', cancelled: 'trail.cancelled', childEnded: 'trail.childEnded', invalidated: 'trail.invalidated', jumped: 'trail.jumped', migrated: 'trail.migrated', noted: 'trail.noted', reminded: 'trail.reminded', resubmitted: 'trail.resubmitted', retried: 'trail.retried', returned: 'trail.returned', sentBack: 'trail.sentBack', serviceDone: 'trail.serviceDone', serviceFailed: 'trail.serviceFailed', terminated: 'trail.terminated', timer: 'trail.timer',
}
