/** The ways that the 118 projects go which representatives open (two more grow out of them): up to which stage, to which end. */
import type { Fate } from './contracts'
import type { Rep } from './people'

export type Mode = 'siSupply' | 'projectSales' | 'projectLifecycle'
export type End = 'open' | 'won' | 'lost' | 'paused'

/** A way that some projects go: up to a stage, then on with it, won, lost or paused. */
export interface Course {
  mode: Mode
  reaches: string
  end?: End
  /** What becomes of its contract; without one there is none yet. */
  fate?: Fate
  /** The contract is made only by winning. */
  late?: boolean
  /** A new project grows out of it. */
  extended?: boolean
  by?: Rep
  count: number
}

export const courses: Course[] = [
  { mode: 'siSupply', reaches: 'projectInfo', count: 7 },
  { mode: 'siSupply', reaches: 'presalesSolution', count: 6 },
  { mode: 'siSupply', reaches: 'solutionSubmitted', count: 5 },
  { mode: 'siSupply', reaches: 'solutionConfirmed', count: 5 },
  { mode: 'siSupply', reaches: 'negotiation', count: 2 },
  { mode: 'siSupply', reaches: 'negotiation', fate: 'draft', by: 'chen', count: 1 },
  { mode: 'siSupply', reaches: 'negotiation', fate: 'atManager', by: 'chen', count: 1 },
  { mode: 'siSupply', reaches: 'negotiation', fate: 'atManager', by: 'xu', count: 1 },
  { mode: 'siSupply', reaches: 'negotiation', fate: 'atBoth', by: 'wu', count: 1 },
  { mode: 'siSupply', reaches: 'contractSigned', fate: 'signed', count: 1 },
  { mode: 'siSupply', reaches: 'contractSigned', fate: 'executing', count: 2 },
  { mode: 'siSupply', reaches: 'contractSigned', end: 'won', fate: 'executing', count: 6 },
  { mode: 'siSupply', reaches: 'contractSigned', end: 'won', fate: 'completed', count: 3 },
  { mode: 'siSupply', reaches: 'projectInfo', end: 'lost', count: 1 },
  { mode: 'siSupply', reaches: 'presalesSolution', end: 'lost', count: 2 },
  { mode: 'siSupply', reaches: 'solutionSubmitted', end: 'lost', count: 1 },
  { mode: 'siSupply', reaches: 'solutionConfirmed', end: 'lost', count: 1 },
  { mode: 'siSupply', reaches: 'negotiation', end: 'lost', count: 2 },
  { mode: 'siSupply', reaches: 'presalesSolution', end: 'paused', count: 1 },
  { mode: 'siSupply', reaches: 'solutionConfirmed', end: 'paused', count: 1 },

  { mode: 'projectSales', reaches: 'feasibility', count: 5 },
  { mode: 'projectSales', reaches: 'engineeringDesign', count: 5 },
  { mode: 'projectSales', reaches: 'productSelection', count: 5 },
  { mode: 'projectSales', reaches: 'tendering', count: 4 },
  { mode: 'projectSales', reaches: 'negotiation', count: 2 },
  { mode: 'projectSales', reaches: 'negotiation', fate: 'atManager', by: 'chen', count: 1 },
  { mode: 'projectSales', reaches: 'negotiation', fate: 'atBoss', by: 'he', count: 1 },
  { mode: 'projectSales', reaches: 'negotiation', fate: 'rejected', by: 'chen', count: 1 },
  { mode: 'projectSales', reaches: 'contractSigned', fate: 'signed', count: 1 },
  { mode: 'projectSales', reaches: 'contractSigned', fate: 'executing', count: 2 },
  { mode: 'projectSales', reaches: 'contractSigned', end: 'won', fate: 'executing', count: 4 },
  { mode: 'projectSales', reaches: 'contractSigned', end: 'won', fate: 'draft', late: true, by: 'chen', count: 1 },
  { mode: 'projectSales', reaches: 'contractSigned', end: 'won', fate: 'atManager', late: true, by: 'wu', count: 1 },
  { mode: 'projectSales', reaches: 'engineeringDesign', end: 'lost', count: 1 },
  { mode: 'projectSales', reaches: 'productSelection', end: 'lost', count: 1 },
  { mode: 'projectSales', reaches: 'tendering', end: 'lost', count: 2 },
  { mode: 'projectSales', reaches: 'negotiation', end: 'lost', count: 1 },
  { mode: 'projectSales', reaches: 'feasibility', end: 'paused', count: 1 },
  { mode: 'projectSales', reaches: 'productSelection', end: 'paused', count: 1 },

  { mode: 'projectLifecycle', reaches: 'initiation', count: 1 },
  { mode: 'projectLifecycle', reaches: 'followUp', count: 3 },
  { mode: 'projectLifecycle', reaches: 'technicalConfirm', count: 3 },
  { mode: 'projectLifecycle', reaches: 'commercialConfirm', count: 3 },
  { mode: 'projectLifecycle', reaches: 'contractSigning', fate: 'atManager', by: 'liang', count: 1 },
  { mode: 'projectLifecycle', reaches: 'contractSigning', fate: 'atFinance', by: 'chen', count: 1 },
  { mode: 'projectLifecycle', reaches: 'contractSigning', fate: 'approved', count: 1 },
  { mode: 'projectLifecycle', reaches: 'supplyAndCollection', fate: 'executing', count: 4 },
  { mode: 'projectLifecycle', reaches: 'afterSales', fate: 'executing', count: 2 },
  { mode: 'projectLifecycle', reaches: 'revisit', fate: 'executing', count: 1 },
  { mode: 'projectLifecycle', reaches: 'revisit', fate: 'completed', count: 1 },
  { mode: 'projectLifecycle', reaches: 'expansion', fate: 'completed', extended: true, by: 'chen', count: 1 },
  { mode: 'projectLifecycle', reaches: 'expansion', fate: 'executing', count: 1 },
  { mode: 'projectLifecycle', reaches: 'expansion', end: 'won', fate: 'completed', extended: true, count: 1 },
  { mode: 'projectLifecycle', reaches: 'expansion', end: 'won', fate: 'completed', count: 1 },
  { mode: 'projectLifecycle', reaches: 'followUp', end: 'lost', count: 1 },
  { mode: 'projectLifecycle', reaches: 'commercialConfirm', end: 'lost', count: 1 },
  { mode: 'projectLifecycle', reaches: 'technicalConfirm', end: 'paused', count: 1 },
]

/** Open stages in order, with the working days that projects stay there: shortest, longest. */
export const stages: Record<Mode, Record<string, [min: number, max: number]>> = {
  siSupply: { projectInfo: [4, 16], presalesSolution: [8, 20], solutionSubmitted: [5, 16], solutionConfirmed: [5, 14], negotiation: [5, 14], contractSigned: [3, 12] },
  projectSales: { feasibility: [8, 26], engineeringDesign: [14, 34], productSelection: [10, 26], tendering: [12, 24], negotiation: [5, 14], contractSigned: [3, 12] },
  projectLifecycle: {
    initiation: [3, 8], followUp: [8, 18], technicalConfirm: [8, 18], commercialConfirm: [5, 12], contractSigning: [3, 8],
    supplyAndCollection: [28, 50], afterSales: [18, 32], revisit: [14, 26], expansion: [5, 12],
  },
}
