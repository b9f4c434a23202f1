import { App } from 'antd'
import type { CompiledEntity } from '../../engine/model'
import type { Commands, TimelineItem } from '../api'
import { restoreValues } from '../api/records'
import { useAfterWrite } from '../api/queries'
import { useDescribe } from '../components'
import { accessBy } from '../form/access'
import { useText } from '../i18n'
import { useUnmerge } from '../merge/use-merge'
import { useRights } from '../session'

export interface PutBack {
  /** Fields of an event whose former values this person can put back now. */
  fieldsOf: (item: TimelineItem) => string[]
  putBack: (item: TimelineItem, fields: string[]) => void
  /** The merge that can be undone next. */
  lastMerge: string | undefined
  unmerge: () => void
}

export function usePutBack(entity: CompiledEntity, id: string, commands: Commands | undefined, items: TimelineItem[] = []): PutBack {
  const t = useText()
  const { message } = App.useApp()
  const describe = useDescribe()
  const refresh = useAfterWrite()
  const access = accessBy(useRights(entity.name), commands)
  const byStage = new Set<string>(Object.values(entity.definition.pipeline ?? {}))
  const may = (name: string) => { const field = entity.fields.get(name); return field !== undefined && !field.computed && !field.definition.readOnly && !byStage.has(name) && access(name) === 'write' }
  const run = async (item: TimelineItem, fields: string[]) => {
    const { pendingChange } = await restoreValues(entity.name, id, item.id, fields)
    void refresh()
    void message.success(t(pendingChange === undefined ? 'timeline.wasPutBack' : 'form.held'))
  }
  const undone = new Set(items.filter((i) => i.kind === 'unmerged').map((i) => i.data.merge))
  const unmerge = useUnmerge(entity)
  return {
    lastMerge: commands?.update ? items.find((i) => i.kind === 'merged' && !undone.has(i.data.merge))?.id : undefined,
    unmerge: () => unmerge(id),
    fieldsOf: (item) => (commands?.update && item.kind !== 'created' && item.kind !== 'merged' && item.kind !== 'unmerged' ? item.changes.map((c) => c.field).filter(may) : []),
    putBack: (item, fields) => void run(item, fields).catch((error: unknown) => message.error(describe(error))),
  }
}
