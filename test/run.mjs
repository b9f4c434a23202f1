/** `npm test [-- jest's arguments]`: builds what is missing, runs jest, ends with the line `N passed, N failed`. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildMissing } from '../server/start.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** Enough for everything; a test that hangs must not hold up a whole machine. */
const patience = 45 * 60_000

// Until jest says otherwise, one thing failed: the build, or the run itself.
let counted = { passed: 0, failed: 1 }
process.on('exit', (code) => {
  console.log(`\n${counted.passed} passed, ${counted.failed} failed`)
  process.exitCode = code || (counted.failed === 0 ? 0 : 1)
})

buildMissing()
const folder = mkdtempSync(join(tmpdir(), 'jest-'))
counted = run(join(folder, 'results.json'))
rmSync(folder, { recursive: true })

function run(outputFile) {
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const { status } = spawnSync(process.execPath, [jest, '--maxWorkers=2', '--json', `--outputFile=${outputFile}`, ...process.argv.slice(2)], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], timeout: patience })
  return countOf(outputFile, status)
}

/** A file that does not even load counts as one failure; so does a run that ends without results, or badly for a reason of its own. */
function countOf(outputFile, status) {
  let results
  try { results = JSON.parse(readFileSync(outputFile, 'utf8')) } catch { return { passed: 0, failed: 1 } }
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
  return { passed: results.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed }
}
