import { messageOf, type Problem } from '../../../schemas/errors'
import { useLanguage } from './i18n'

/** A problem as the reader sees it: the server's words, or for one found here those of the same catalogue. */
export function useMessage(): (problem: Problem) => string {
  const language = useLanguage()
  return (problem) => problem.message ?? messageOf(problem.code, problem.params ?? {}, language)
}
