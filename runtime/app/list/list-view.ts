import type { CompiledEntity } from '../../engine/model'
import type { EntityRights } from '../api'
import type { ListState } from './list-state'

/** What every look of a list gets. */
export interface ListViewProps { entity: CompiledEntity; rights: EntityRights; list: ListState }
