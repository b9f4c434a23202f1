import { useState } from 'react'
import type { Id, TaskItem } from '../api'
import { useCatalog } from '../session'

export const noItems: TaskItem[] = []

export interface Chosen { ids: Id[]; may: (task: TaskItem) => boolean; toggle: (task: TaskItem) => void; clear: () => void }

/** Tasks chosen for one decision at once; those of flows that allow it. What is no longer there is chosen no longer. */
export function useChosen(items: TaskItem[]): Chosen {
  const { flows } = useCatalog()
  const [chosen, setChosen] = useState<Id[]>([])
  const may = (task: TaskItem) => items.includes(task) && (flows.get(task.entity)?.find((flow) => flow.name === task.flow)?.settings?.bulkActions?.length ?? 0) > 0
  const ids = chosen.filter((id) => items.some((task) => task.id === id))
  const toggle = ({ id }: TaskItem) => setChosen(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id])
  return { ids, may, toggle, clear: () => setChosen([]) }
}
