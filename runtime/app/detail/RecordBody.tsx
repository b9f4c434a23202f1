import { useMemo } from 'react'
import type { FormField } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import { fieldStates } from '../../engine/write-record'
import type { RecordDoc } from '../api'
import { viewOf } from '../field-views'
import { EntityContext } from '../field-views/lines/columns'
import { Value } from '../field-views/Value'
import { useRuleContext } from '../form/rule-context'
import { useLabel } from '../i18n'
import { formFor, isField, layoutTabs, type Item } from '../layout/layout'
import { TabbedLayout } from '../layout/TabbedLayout'
import { canSee, rightsOn, useCatalog, useMe } from '../session'
import { RelatedList } from './RelatedList'

interface Props {
  entity: CompiledEntity
  record: RecordDoc
  /** Only the fields of the first tab: what a person who decides has to know. */
  brief?: boolean
  /** Names of fields that are not shown here. */
  without?: ReadonlySet<string>
}

/** The record to read, laid out as its detail form says. */
export function RecordBody({ entity, record, brief = false, without }: Props) {
  const tabs = useTabs(entity, record, brief, without)
  const render = (item: Item) => (isField(item) ? <FieldCell key={item.field} item={item} entity={entity} record={record} /> : <RelatedList key={`${item.related}.${item.via ?? item.match?.field}`} list={item} record={record} />)
  return <EntityContext value={entity}><TabbedLayout tabs={brief ? tabs.slice(0, 1) : tabs} renderItem={render} /></EntityContext>
}

/** Without what this person may not see and what the rules hide now. */
function useTabs(entity: CompiledEntity, record: RecordDoc, brief: boolean, without: Props['without']) {
  const catalog = useCatalog()
  const me = useMe()
  const context = useRuleContext()
  return useMemo(() => {
    const states = fieldStates(entity, record, record, context, catalog)
    const keep = (item: Item) => {
      if (!isField(item)) return !brief && rightsOn(me, item.related).read
      const field = entity.fields.get(item.field)
      return field !== undefined && !without?.has(item.field) && canSee(field, rightsOn(me, entity.name)) && states.get(item.field)?.visible !== false
    }
    const forms = catalog.forms.get(entity.name)
    return layoutTabs(entity, formFor(forms, 'detail'), forms ?? [], keep)
  }, [entity, record, brief, without, catalog, me, context])
}

function FieldCell({ item, entity, record }: { item: FormField; entity: CompiledEntity; record: RecordDoc }) {
  const label = useLabel()
  const field = entity.fields.get(item.field)!
  const value = record[item.field]
  const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  return (
    <div className={`fw-cell fw-span-${item.span ?? viewOf(field.effective).span ?? 1}`}>
      <div className="fw-cell-label">{label(field.definition.label)}</div>
      <div className="fw-cell-value">{empty ? <span className="fw-cell-empty">—</span> : <Value field={field} record={record} />}</div>
    </div>
  )
}
