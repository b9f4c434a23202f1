export * from './where'
export { filterFields } from './fields'
export { matches, Several, type Read } from './match'
export { idField, pieceWhere, resolveFilter, shiftDay, storedOperand, type FilterContext, type FilterTarget } from './resolve'
