/**
 * What the engine itself needs to exist: people and their departments. Entities like any other, published below every template, which
 * is the one place where the engine knows an entity by name.
 */
import type { Definition } from '../generated/types'
import department from './department.json'
import user from './user.json'

export const systemDefinitions = [department, user] as Definition[]
export const systemEntities = { user: 'user', department: 'department' } as const
