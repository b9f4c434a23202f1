/** The registry of timers' handlers: one line a kind. A handler acts through the ordinary use-cases, in the transaction that removes its timer. */
import type { WriteContext } from '../use-cases/context'
import { fireFlowTimer } from '../flows/flow-timer'
import type { Timer } from './timers'

/** On what is closed or gone meanwhile it does nothing. What it throws is tried again later. */
export type TimerHandler = (ctx: WriteContext, timer: Timer) => Promise<void>

export const timerHandlers: Record<string, TimerHandler> = { flow: fireFlowTimer }
