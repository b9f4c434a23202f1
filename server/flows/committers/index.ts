/** The registry of committers: one for each effect of the interpreter. */
import type { FlowEffect } from '../../../runtime/engine'
import type { Committer, CommitRun } from './committer'
import { call } from './calls'
import { ended } from './ended'
import { record } from './record'
import { fill, request } from './service'
import { cc, closeTask, openTask } from './tasks'
import { release, schedule } from './timers'
import { automatic, incident, noted, reassigned, remind, rerouted, returned } from './trail'

const committers: { [K in FlowEffect['kind']]: Committer<K> } = {
  openTask, closeTask, cc, rerouted, record, fill, request, automatic, noted, incident, reassigned, returned, remind, call, release, schedule, ended,
}

export async function commit(effects: FlowEffect[], run: CommitRun) {
  for (const effect of effects) await committers[effect.kind](effect as never, run)
}
