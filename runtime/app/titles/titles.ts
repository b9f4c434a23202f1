import { create } from 'zustand'
import type { Id, Titles } from '../api/types'

/** What the records that ids refer to are called, gathered from every answer. Later answers win. */
const useStore = create<Titles>(() => ({}))

export function learnTitles(titles: Titles | undefined): void {
  if (titles) useStore.setState(titles)
}

export function forgetTitles(): void {
  useStore.setState({}, true)
}

export const titleOf = (id: Id): string | undefined => useStore.getState()[id]

export function useTitle(id: Id | null | undefined): string | undefined {
  return useStore((titles) => (id ? titles[id] : undefined))
}

/** A lookup for texts made of several values; renders again when any title becomes known. */
export function useTitles(): (id: Id) => string | undefined {
  const titles = useStore()
  return (id) => titles[id]
}
