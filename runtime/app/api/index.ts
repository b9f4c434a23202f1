/** The HTTP client of both apps. */
export { request, newKey, queryString, type RequestOptions } from './client'
export { ApiProblem, isProblem } from './api-problem'
export { adoptRelease, connection, releaseSeen, signedOut } from './connection'
export * from './types'
