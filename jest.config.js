/** Packages that ship no CommonJS: jest runs CommonJS, so they are compiled like our own files. */
const esmOnly = ['uuid', '@marcbachmann/cel-js', 'bpmn-moddle', 'moddle', 'moddle-xml', 'saxen', 'min-dash']

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.tsx'],
  testTimeout: 60_000,
  transform: {
    '\\.m?[jt]sx?$': ['@swc/jest', {
      jsc: { parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } }, target: 'es2023' },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
}
