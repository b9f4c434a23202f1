import type { Run } from '../run'

/** Who submitted takes it back. */
export const withdraw = (run: Run) => run.finish('withdrawn')
/** The record was changed, so that what was approved is not what is there. */
export const invalidate = (run: Run) => run.finish('invalidated')
/** The record was deleted, or the approval this one belongs to has ended. */
export const cancel = (run: Run) => run.finish('cancelled')
/** An administrator ends it. */
export const terminate = (run: Run) => run.finish('terminated')
