export * from './where'
export { matches, Several, type Read } from './match'
export { idField, pieceWhere, resolveFilter, shiftDay, type FilterContext, type FilterTarget } from './resolve'
