/** Every run-time rule of approvals (flows.md, 1 to 26) has a test that is named after it: “rule 7: …”. */
import { sources } from '../support/sources'

const named = /\b(?:describe|test|repeatedly)(?:\.each\([^\n]*\))?\(['`]rules? ([\d, and]+)/g

test.each(Array.from({ length: 26 }, (_, i) => i + 1))('rule %i has a test', (rule) => {
  const tests = sources('test').filter((f) => f.path.endsWith('.test.ts'))
  const rules = tests.flatMap(({ text }) => [...text.matchAll(named)].flatMap((m) => m[1]!.match(/\d+/g)!.map(Number)))
  expect(rules).toContain(rule)
})
