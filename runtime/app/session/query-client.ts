import { QueryClient } from '@tanstack/react-query'
import { isProblem } from '../api'

/** Repeats only what can get better by waiting: no answer, or a busy server. */
function worthRepeating(count: number, error: Error): boolean {
  return count < 2 && isProblem(error) && (error.status === 0 || error.status === 503)
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: worthRepeating },
    mutations: { retry: false },
  },
})
