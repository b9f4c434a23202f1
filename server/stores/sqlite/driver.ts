/**
 * The SQLite binding: better-sqlite3 on Node 22 and later, libsql before. Both are optional dependencies with the same API;
 * only the one that fits is loaded.
 */
export type Param = string | number | bigint | null

/** The part of the API, shared by both, that is used here. Parameters always go in one array. */
export interface Statement {
  run(params: Param[]): { changes: number }
  get(params: Param[]): unknown
  all(params: Param[]): unknown[]
  raw(on: boolean): Statement
  safeIntegers(on: boolean): Statement
}
export interface Database {
  readonly inTransaction: boolean
  prepare(sql: string): Statement
  exec(sql: string): void
  close(): void
}

export type DriverName = 'better-sqlite3' | 'libsql'
export interface Driver {
  name: DriverName
  /** Crossing into the binding costs more per cell than JSON does: rows are fetched as one JSON text. Measured, see README. */
  fetchesAsJson: boolean
  open(file: string): Database
}

/** The best driver that is installed, or the named one. */
export async function loadDriver(name?: DriverName): Promise<Driver> {
  for (const candidate of name ? [name] : preferred()) {
    const driver = await load(candidate)
    if (driver) return driver
  }
  throw new Error(`No SQLite driver: install ${(name ? [name] : preferred()).join(' or ')} (they are optional dependencies, npm may have skipped them).`)
}

/** better-sqlite3 13 crashes when opened on Node 20. */
const preferred = (): DriverName[] => (Number(process.versions.node.split('.')[0]) >= 22 ? ['better-sqlite3', 'libsql'] : ['libsql'])

async function load(name: DriverName): Promise<Driver | undefined> {
  try {
    const binding = name === 'libsql' ? await import('libsql') : await import('better-sqlite3')
    const Binding = binding.default as unknown as new (file: string) => Database
    return { name, fetchesAsJson: name === 'libsql', open: (file) => new Binding(file) }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND')
