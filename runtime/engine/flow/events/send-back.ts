import type { Effect, OnReturn } from '../../../../schemas/generated/types'
import { sendBack as goBack } from '../returns'
import { at, type Run } from '../run'

export interface SendBackEvent { task: string; /** One of `returnTargets`. */ to: string }

/** Somebody asked returns it: nobody else at this node is asked any more. */
export function sendBack(run: Run, { task: key, to }: SendBackEvent) {
  const task = run.task(key)
  run.close(task, 'returned')
  const token = run.tokenOf(task)
  const { onReturn, effects } = run.nodeOf(token) as { onReturn?: OnReturn; effects?: { onReturned?: Effect[] } }
  run.record(at(token), effects?.onReturned)
  goBack(run, token, to, onReturn?.resume ?? 'sequential')
}
