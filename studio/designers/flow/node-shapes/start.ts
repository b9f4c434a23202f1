import type { NodeShape } from './node-shape'

export const start: NodeShape = { starts: true }
