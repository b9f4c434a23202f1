import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { TaskBox } from '../api'
import { listTasks } from '../api/flows'

export function useTasks(box: TaskBox, limit: number) {
  return useQuery({ queryKey: ['tasks', box, limit], queryFn: () => listTasks(box, limit), placeholderData: keepPreviousData })
}
