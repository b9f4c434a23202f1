import type { Committer } from './committer'

export const schedule: Committer<'schedule'> = async () => undefined
export const service: Committer<'service'> = async () => undefined
