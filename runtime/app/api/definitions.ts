import { request } from './client'
import type { Definition } from '../../../schemas/generated/types'

export interface Published { release: number; definitions: Definition[] }

export const fetchDefinitions = () => request<Published>('/definitions')
