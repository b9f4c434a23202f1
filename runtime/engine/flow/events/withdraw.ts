import type { Run } from '../run'

export function withdraw(run: Run) {
  run.finish('withdrawn')
}
