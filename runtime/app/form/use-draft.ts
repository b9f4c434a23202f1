import { useEffect, useMemo, useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { CompiledEntity } from '../../engine/model'
import { equalValues } from '../../engine/write-record'
import type { Values } from '../api'
import { useMe } from '../session'
import { clearDraft, draftKey, readDraft, writeDraft, type Draft } from './draft'

const pause = 300

export interface DraftKeeper {
  /** What was kept from before, if anything. */
  kept: Draft | undefined
  note: (value: Values) => void
  clear: () => void
  /** Takes `clear` back. */
  keepAgain: (draft: Draft) => void
  current: () => Draft | undefined
}

/** Keeps what differs from `before` while it is being typed. */
export function useDraft(entity: CompiledEntity, id: string | undefined, before: Values): DraftKeeper {
  const user = useMe().user.id
  const [params] = useSearchParams()
  const key = draftKey(user, entity.name, id, id ? '' : params.toString())
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const last = useRef<() => void>(() => {})
  const flush = () => { clearTimeout(timer.current); last.current(); last.current = () => {} }
  useEffect(() => {
    window.addEventListener('pagehide', flush)
    return () => { window.removeEventListener('pagehide', flush); flush() }
  }, [])
  return useMemo(() => ({
    kept: readDraft(key),
    note: (value) => {
      clearTimeout(timer.current)
      last.current = () => keep(key, entity, value, before)
      timer.current = setTimeout(flush, pause)
    },
    clear: () => { clearTimeout(timer.current); last.current = () => {}; clearDraft(key) },
    keepAgain: (draft) => writeDraft(key, draft),
    current: () => { flush(); return readDraft(key) },
  }), [key, entity, before])
}

function keep(key: string, entity: CompiledEntity, value: Values, before: Values): void {
  const changed = [...entity.fields.values()].filter(({ name, computed }) => !computed && !equalValues(value[name], before[name]))
  if (changed.length === 0) clearDraft(key)
  else writeDraft(key, { rev: Number(before.rev ?? 0), at: new Date().toISOString(), changes: Object.fromEntries(changed.map(({ name }) => [name, value[name] ?? null])) })
}
