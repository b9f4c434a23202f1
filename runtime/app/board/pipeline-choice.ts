import { useSearchParams } from 'react-router'
import type { Pipeline } from '../../../schemas/generated/types'
import { useCatalog, usePreference } from '../session'

/** Which pipeline's stages the board shows: from the address, else as last time. */
export function usePipelineChoice(entity: string): { pipeline: Pipeline | undefined; pipelines: Pipeline[]; choose: (name: string) => void } {
  const pipelines = useCatalog().pipelines.get(entity) ?? []
  const [params, setParams] = useSearchParams()
  const [saved, save] = usePreference<string>(`pipeline.${entity}`)
  const named = (name: string | null | undefined) => pipelines.find((pipeline) => pipeline.name === name)
  const choose = (name: string) => {
    save(name)
    setParams((before) => { before.set('pipeline', name); return before }, { replace: true })
  }
  return { pipeline: named(params.get('pipeline')) ?? named(saved) ?? pipelines[0], pipelines, choose }
}
