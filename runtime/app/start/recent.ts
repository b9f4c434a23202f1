import { useEffect } from 'react'
import { useMe } from '../session'

export interface Recent { entity: string; id: string; title: string }

const most = 8
const keyOf = (user: string) => `formwright.recent.${user}`

/** Records this person opened last in this browser. */
export function recentOf(user: string): Recent[] {
  const text = localStorage.getItem(keyOf(user))
  return text === null ? [] : (JSON.parse(text) as Recent[])
}

export function useRemember(entity: string, id: string, title: string): void {
  const user = useMe().user.id
  useEffect(() => {
    if (title === '') return
    const others = recentOf(user).filter((recent) => recent.id !== id)
    localStorage.setItem(keyOf(user), JSON.stringify([{ entity, id, title }, ...others].slice(0, most)))
  }, [user, entity, id, title])
}
