import { request } from './client'
import type { Definition } from '../../../schemas/generated/types'
import type { FormerPipeline } from '../../engine/model'

/** `former`: versions of pipelines that records go on by. */
export interface Published { release: number; definitions: Definition[]; former: FormerPipeline[] }

export const fetchDefinitions = () => request<Published>('/definitions')

/** As they were published, former names of fields included; for the studio. */
export const fetchWrittenDefinitions = () => request<Omit<Published, 'former'>>('/definitions', { query: { written: true } })
