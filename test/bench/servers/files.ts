/** Where the bench keeps its databases, and what it must know of their contents. */
import { join } from 'node:path'

/** Ids of records that the signed-in person may see. */
export interface Fixtures { contracts: string[]; customers: string[]; projects: string[] }

/** Approvals that wait for the signed-in person; records that none of them holds. */
export interface Approvals { instances: string[]; free: string[] }

/** The layout below the folder of one run. `site` is the project folder as our server knows it: definitions are in its `seed`. */
export const filesIn = (folder: string) => ({
  site: join(folder, 'site'),
  dataDir: join(folder, 'ours'),
  ours: join(folder, 'ours/formwright.db'),
  floor: join(folder, 'floor/formwright.db'),
  fixtures: join(folder, 'fixtures.json'),
  approvals: join(folder, 'approvals.json'),
})
