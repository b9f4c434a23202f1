import type { CompiledEntity } from '../../engine/model'
import type { TimelineItem } from '../api'
import { useLabel, useText } from '../i18n'
import { useCatalog } from '../session'
import { useTitle } from '../titles/titles'

/** What made a change, where it was not the person at a screen. */
export function EventOrigin({ entity, item }: { entity: CompiledEntity; item: TimelineItem }) {
  const t = useText()
  const decider = useTitle(item.data.decidedBy ?? null)
  const parts = [useCause(entity, item), cameIn(item.origin) && t(`origin.${cameIn(item.origin)!}`), decider && t('timeline.decidedBy', { who: decider })].filter(Boolean)
  return parts.length > 0 ? <div className="fw-event-origin fw-muted">{parts.join(' · ')}</div> : null
}

const told = ['api', 'import', 'definition', 'system'] as const
const cameIn = (origin: string | null) => told.find((name) => name === origin)

/** What of the definitions caused it; events that tell it themselves need no more words. */
function useCause(entity: CompiledEntity, { path, kind }: TimelineItem): string | undefined {
  const t = useText()
  const label = useLabel()
  const { actions, flows } = useCatalog()
  const [cause, name] = path.split(':') as [string, string | undefined]
  const causes: Record<string, () => string> = {
    action: () => t('origin.action', { name: label([...(actions.get(entity.name) ?? []), ...[...actions.values()].flat()].find((a) => a.name === name)?.label) }),
    flow: () => t('origin.flow', { name: label([...flows.values()].flat().find((f) => f.name === name)?.label) }),
    stage: () => t('origin.stage'),
    merge: () => t('origin.merge'),
    unmerge: () => t('origin.unmerge'),
  }
  return tellsItself.has(kind) ? undefined : causes[cause]?.()
}

const tellsItself = new Set<TimelineItem['kind']>(['action', 'flow', 'decision', 'stage', 'merged', 'unmerged'])
