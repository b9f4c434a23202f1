import { request } from './client'
import type { Definition } from '../../../schemas/generated/types'

export interface Published { release: number; definitions: Definition[] }

export const fetchDefinitions = () => request<Published>('/definitions')

/** As they were published, former names of fields included; for the studio. */
export const fetchWrittenDefinitions = () => request<Published>('/definitions', { query: { written: true } })
