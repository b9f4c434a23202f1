import type { Run } from '../run'

export interface CcEvent { node: string; round: number; people: string[] }

/** People are shown the record. */
export function cc(run: Run, { node, round, people }: CcEvent) {
  run.effects.push({ kind: 'cc', node, round, people })
}
