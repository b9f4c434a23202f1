import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Problem } from '../../../schemas/errors'
import type { CompiledEntity } from '../../engine/model'
import { uniqueKeysOf, type UniqueKey } from '../../engine/unique-rules'
import { equalValues, isEmpty } from '../../engine/write-record'
import type { RecordDoc, Values } from '../api'
import { checkDuplicates } from '../api/records'

const pause = 400
const none: Problem[] = []

/** What the server says of records alike while the fields of a rule are being filled in; asked when typing pauses. `inputOf`: what a form would send. */
export function useAlike(entity: CompiledEntity, stored: RecordDoc | undefined, inputOf: (value: Values) => Values): { hints: Problem[]; note: (value: Values) => void } {
  const { settled, note } = useSettled()
  const asked = useMemo(() => (settled ? uniqueKeysOf(entity).filter((key) => isTouched(key, settled, stored)).map(({ reads }) => [...reads].map((name) => settled[name] ?? null)) : []), [entity, settled, stored])
  const { data } = useQuery({
    queryKey: ['records', entity.name, 'alike', stored?.id, asked],
    queryFn: ({ signal }) => checkDuplicates(entity.name, { ...(stored && { id: stored.id }), values: inputOf(settled!) }, signal),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  })
  return { hints: asked.length > 0 && data ? data.problems : none, note }
}

/** The values as they were when typing last paused. */
function useSettled() {
  const [settled, settle] = useState<Values>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const note = useRef((value: Values) => { clearTimeout(timer.current); timer.current = setTimeout(() => settle(value), pause) }).current
  return { settled, note }
}

/** All that a rule compares is there, and something it looks at is not as stored. */
const isTouched = ({ fields, reads }: UniqueKey, value: Values, stored: RecordDoc | undefined): boolean =>
  fields.every(({ name }) => !isEmpty(value[name])) && [...reads].some((name) => !equalValues(value[name], stored?.[name]))
