import type { FlowEffect } from '../../../runtime/engine'
import type { Created } from '../../effects'
import type { WriteContext } from '../../use-cases/context'
import type { Subject } from '../apply'

/** One command being committed; committers see what those before them did to the record. */
export interface CommitRun extends Subject { ctx: WriteContext; created: Created[]; /** Done when the instance is kept. */ later: (() => Promise<unknown>)[]; /** Nodes it was sent back to. */ returnedTo?: Set<string> }
/** Does in the store what the interpreter decided. */
export type Committer<K extends FlowEffect['kind']> = (effect: Extract<FlowEffect, { kind: K }>, run: CommitRun) => Promise<void>
