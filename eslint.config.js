/**
 * What the compiler does not see: the rooms of the house and which way imports may point (ARCHITECTURE.md), who may read the
 * environment and name a database, promises nobody waits for. `test/contract/house.test.ts` checks the directions once more.
 */
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const code = ['**/*.ts', '**/*.tsx']

/** Rooms as they stand in an import, from wherever it is written: `../../server/host`, and `../app/x` from within `runtime`. */
const room = {
  schemas: '^\\.\\.?/(.*/)?schemas/',
  engine: '^\\.\\.?/(.*/)?engine(/|$)',
  app: '^\\.\\.?/(.*/)?app/',
  runtime: '^\\.\\.?/(.*/)?runtime/',
  server: '^\\.\\.?/(.*/)?server/',
  studio: '^\\.\\.?/(.*/)?studio/',
  seed: '^\\.\\.?/(.*/)?seed/',
  test: '^\\.\\.?/(.*/)?test/',
}
const react = { regex: '^(react|react-dom|antd|@ant-design/|@rjsf/|@xyflow/|@tanstack/|react-router)', message: 'This room knows no screens.' }
const node = { regex: '^node:', message: 'This room runs in the browser as well.' }
const environment = { regex: '^(node:)?process$', message: 'The configuration is passed in; only server/main.ts reads the environment.' }
const drivers = { regex: '^(better-sqlite3|libsql|mongoose|mongodb)(/|$)', message: 'Only an adapter in server/stores/ names a database.' }

/** Imports a folder may not make. */
const forbid = (files, rooms, others, ignores = []) => ({
  files, ignores,
  rules: {
    'no-restricted-imports': ['error', {
      patterns: [...rooms.map((name) => ({ regex: room[name], message: `Imports do not point from here to ${name}; see ARCHITECTURE.md.` })), ...others],
    }],
  },
})

const readsEnvironment = { selector: 'MemberExpression[object.name="process"][property.name="env"]', message: environment.message }

export default defineConfig([
  globalIgnores(['dist/', 'data/', 'coverage/', 'node_modules/', 'schemas/generated/']),
  {
    files: [...code, '**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.base],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always'], 'no-var': 'error', 'prefer-const': 'error', 'no-eval': 'error', 'no-implied-eval': 'error', 'no-new-func': 'error',
      'no-debugger': 'error', 'no-fallthrough': 'error', 'no-self-compare': 'error', 'no-unreachable-loop': 'error', 'no-constant-condition': 'error',
      'no-empty': 'error', 'object-shorthand': 'error',
    },
  },
  {
    files: code,
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false, arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', readsEnvironment],
    },
  },
  { files: ['runtime/app/**', 'studio/**'], plugins: { 'react-hooks': reactHooks }, rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' } },

  forbid(['schemas/**/*.ts'], ['runtime', 'server', 'studio', 'seed', 'test'], [react, node, environment, drivers], ['schemas/generate.ts', 'schemas/generate-regions.ts']),
  forbid(['runtime/engine/**'], ['app', 'server', 'studio', 'seed', 'test'], [react, node, environment, drivers]),
  forbid(['runtime/app/**'], ['server', 'studio', 'seed', 'test'], [node, environment, drivers]),
  forbid(['studio/**'], ['server', 'seed', 'test'], [node, environment, drivers]),
  forbid(['server/**'], ['app', 'studio', 'seed', 'test'], [react, environment, drivers], ['server/stores/**', 'server/main.ts']),
  forbid(['server/stores/**'], ['app', 'studio', 'seed', 'test'], [react, environment]),
  forbid(['server/main.ts'], ['app', 'studio', 'test'], [react, drivers]),
  forbid(['seed/**/*.ts'], ['app', 'studio', 'test'], [react, environment, drivers]),
  { files: ['server/main.ts', 'test/**', 'schemas/generate.ts', '*.ts'], rules: { 'no-restricted-syntax': 'off' } },
])
