import { useQueries } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { CompiledEntity, CompiledField } from '../../engine/model'
import { withDefaults } from '../../engine/write-record'
import type { RecordDoc, Values } from '../api'
import { getRecord } from '../api/records'
import { recordKey } from '../api/queries'
import { copyFrom } from './copy'
import { useCatalog } from '../session'
import { useRuleContext } from './rule-context'

/** Values of a new record: what the address gives (`?field=value`), what that brings along, and the defaults. Undefined while loading, and the same ever after. */
export function useNewValues(entity: CompiledEntity): Values | undefined {
  const [params] = useSearchParams()
  const context = useRuleContext()
  const catalog = useCatalog()
  const given = useMemo(() => prefill(entity, params), [entity, params])
  const sources = [...entity.fields.values()].filter((field) => 'copy' in field.definition && typeof given[field.name] === 'string')
  const picked = useQueries({
    queries: sources.map((field) => ({ queryKey: recordKey(field.refersTo!, String(given[field.name])), queryFn: () => getRecord(field.refersTo!, String(given[field.name])), retryOnMount: false })),
    combine: (results) => ({ pending: results.some((result) => result.isPending), records: results.map((result) => result.data) }),
  })
  const values = useRef<Values>(undefined)
  if (!values.current && !picked.pending) values.current = withDefaults(entity, withCopies(entity, given, sources, picked.records), context, catalog)
  return values.current
}

function withCopies(entity: CompiledEntity, given: Values, sources: CompiledField[], records: (RecordDoc | undefined)[]): Values {
  return sources.reduce((values, field, i) => (records[i] ? { ...values, ...copyFrom(field.definition, entity.own, values, records[i], {}) } : values), { ...given })
}

function prefill(entity: CompiledEntity, params: URLSearchParams): Values {
  return Object.fromEntries([...params].flatMap(([name, text]) => {
    const field = entity.fields.get(name)
    return field && !field.computed && !field.definition.readOnly ? [[name, fromText(field, text)]] : []
  }))
}

/** An address holds texts; what is kept otherwise is written as JSON, lists of ids with commas. */
function fromText(field: CompiledField, text: string): unknown {
  const { storage } = field.effectiveType
  if (storage === 'text') return text
  if (storage === 'json') return text.split(',')
  const number = [field.effectiveType.valueSchema(field.effective).type].flat().includes('string') ? text : undefined
  return number ?? (JSON.parse(text) as unknown)
}
