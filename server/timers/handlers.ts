/** The registry of timers' handlers: one line a kind. A handler acts through the ordinary use-cases, in the transaction that removes its timer. */
import type { Reason } from '../../schemas/errors'
import type { WriteContext } from '../use-cases/context'
import { fireFlowTimer, flowTimerFailed } from '../flows/flow-timer'
import type { Timer } from './timers'

/** On what is closed or gone meanwhile it does nothing. What it throws is tried again later. */
export type TimerHandler = (ctx: WriteContext, timer: Timer) => Promise<void>

export const timerHandlers: Record<string, TimerHandler> = { flow: fireFlowTimer }

/** What becomes of a timer that is given up, in the transaction that removes it; of other kinds it stays, as failed. */
export const timerFailures: Record<string, (ctx: WriteContext, timer: Timer, reason: Reason) => Promise<void>> = { flow: flowTimerFailed }
