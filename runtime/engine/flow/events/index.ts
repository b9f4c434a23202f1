/**
 * The registry of events: what may happen to an instance, one file each. An event's file exports `(run, event) => void`; it changes the
 * run's books and follows what the node answers. Whether the event is allowed (task open, person entitled) was checked by the use-case.
 */
import type { Run } from '../run'
import { addSign } from './add-sign'
import { answered } from './answered'
import { cc } from './cc'
import { childEnded } from './child-ended'
import { claim } from './claim'
import { decide } from './decide'
import { delegate } from './delegate'
import { cancel, invalidate, terminate, withdraw } from './end'
import { jump } from './jump'
import { migrate } from './migrate'
import { reassign } from './reassign'
import { removeSign } from './remove-sign'
import { reroute } from './reroute'
import { resubmit } from './resubmit'
import { retry } from './retry'
import { sendBack } from './send-back'
import { start } from './start'
import { strand } from './strand'
import { timer } from './timer'
import { timerFailed } from './timer-failed'
import { transfer } from './transfer'

const events = {
  start, decide, sendBack, resubmit, withdraw, invalidate, cancel, terminate, timer, timerFailed, childEnded, answered, strand, retry, reassign, jump, migrate,
  transfer, delegate, addSign, removeSign, claim, cc, reroute,
}

type Events = typeof events
export type FlowEvent = { [T in keyof Events]: { type: T } & (Parameters<Events[T]> extends [Run, infer E] ? E : unknown) }[keyof Events]

export function happen(run: Run, event: FlowEvent) {
  (events[event.type] as (run: Run, event: FlowEvent) => void)(run, event)
}
