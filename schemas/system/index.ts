/**
 * What the engine itself needs to exist: people, their departments and groups. Entities like any other, published below every template, which
 * is the one place where the engine knows an entity by name.
 */
import type { Definition } from '../generated/types'
import department from './department.json'
import group from './group.json'
import user from './user.json'

export const systemDefinitions = [department, user, group] as Definition[]
export const systemEntities = { user: 'user', department: 'department', group: 'group' } as const
