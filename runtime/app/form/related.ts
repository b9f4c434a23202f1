import { useQueries } from '@tanstack/react-query'
import { createContext, useCallback, useMemo, useState } from 'react'
import type { CompiledEntity, RuleContext } from '../../engine/model'
import { getRecord } from '../api/records'
import type { RecordDoc, Values } from '../api/types'

/** Tells the form about a record that was chosen, so that its rules can read it without asking the server. */
export const FieldRecordContext = createContext<(entity: string, record: RecordDoc) => void>(() => {})

type Related = NonNullable<RuleContext['related']>

/** The records behind the references that the entity's rules read. Unknown ones make a rule wait for the server. */
export function useRelated(entity: CompiledEntity, value: Values): { related: Related; note: (entity: string, record: RecordDoc) => void } {
  const [noted, setNoted] = useState<Record<string, { entity: string; record: RecordDoc }>>({})
  const wanted = [...entity.rulesRead].flatMap((name) => targetsOf(entity, name, value[name])).filter(({ id }) => !noted[id])
  const found = useQueries({
    queries: wanted.map(({ target, id }) => ({ queryKey: ['records', target, 'one', id], queryFn: () => getRecord(target, id), retry: false, retryOnMount: false })),
    combine: (results) => Object.fromEntries(results.flatMap((r, i) => (r.data ? [[wanted[i]!.id, { entity: wanted[i]!.target, record: r.data }]] : []))),
  })
  const known = useMemo(() => ({ ...found, ...noted }), [found, noted])
  const related = useCallback<Related>((id) => known[id], [known])
  const note = useCallback((target: string, record: RecordDoc) => setNoted((before) => ({ ...before, [record.id]: { entity: target, record } })), [])
  return { related, note }
}

function targetsOf(entity: CompiledEntity, name: string, value: unknown): { target: string; id: string }[] {
  const target = entity.fields.get(name)?.refersTo
  return target ? [value ?? []].flat().map((id) => ({ target, id: String(id) })) : []
}
