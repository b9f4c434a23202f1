import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Me } from '../api'
import { savePreference } from '../api/session'
import { useMe } from './SessionProvider'

/** A personal setting kept on the server; shown at once, saved behind. */
export function usePreference<T>(key: string): [T | undefined, (value: T) => void] {
  const value = useMe().preferences[key] as T | undefined
  const client = useQueryClient()
  const save = useMutation({ mutationFn: (next: T) => savePreference(key, next) })
  const set = (next: T) => {
    client.setQueryData<Me>(['me'], (me) => me && { ...me, preferences: { ...me.preferences, [key]: next } })
    save.mutate(next)
  }
  return [value, set]
}
