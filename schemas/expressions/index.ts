/** The expression language: parse, check, evaluate. See parse.ts for the syntax, evaluate.ts for the meaning. */
export * from './types'
export { check, reads, type CheckContext, type Checked, type MemberRead } from './check'
export { broken, evaluate, ExpressionError, holds, same, type Scope } from './evaluate'
export { Exact, functions } from './functions'
export { fromJson } from './json'
