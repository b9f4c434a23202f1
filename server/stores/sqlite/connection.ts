/** One connection: its pragmas and its prepared statements. */
import type { Database, Driver, Param, Statement } from './driver'
import { isBusy } from './errors'
import type { Sql } from './sql'
import { Texts } from './texts'

/** How a statement gives its rows: not at all, as objects by column name, as arrays, or as arrays with every integer a bigint. */
type Mode = 'none' | 'objects' | 'arrays' | 'exact'

/** Shapes of queries kept prepared per mode; past it the oldest is forgotten. */
const maxStatements = 500

export class Connection {
  private readonly prepared: Record<Mode, Map<string, Statement>> = { none: new Map(), objects: new Map(), arrays: new Map(), exact: new Map() }
  private readonly database: Database
  readonly fetchesAsJson: boolean
  /** Of the transaction that is open. */
  readonly texts = new Texts(this)

  constructor(driver: Driver, file: string, pragmas: Record<string, string | number>) {
    this.database = driver.open(file)
    this.fetchesAsJson = driver.fetchesAsJson
    try {
      for (const [pragma, value] of Object.entries(pragmas)) this.exec(`PRAGMA ${pragma} = ${value}`)
    } catch (error) {
      this.close()
      throw error
    }
  }

  get inTransaction(): boolean { return this.database.inTransaction }

  run(text: string, params: readonly Param[] = []): number {
    return this.execute('none', text, (statement) => statement.run(params as Param[]).changes)
  }
  row(text: string, params: readonly Param[] = []): unknown[] | undefined {
    return this.execute('arrays', text, (statement) => statement.get(params as Param[]) as unknown[] | undefined)
  }
  arrays(text: string, params: readonly Param[] = []): unknown[][] {
    return this.execute('arrays', text, (statement) => statement.all(params as Param[]) as unknown[][])
  }
  exact({ text, params }: Sql): unknown[][] {
    return this.execute('exact', text, (statement) => statement.all(params as Param[]) as unknown[][])
  }
  objects(text: string, params: readonly Param[] = []): Record<string, unknown>[] {
    return this.execute('objects', text, (statement) => statement.all(params as Param[]) as Record<string, unknown>[])
  }
  /** A point in the transaction that one can go back to. */
  begin(savepoint: string): { release: () => void; undo: () => void } {
    const mark = this.texts.mark
    const release = () => { this.run(`RELEASE ${savepoint}`) }
    this.run(`SAVEPOINT ${savepoint}`)
    return { release, undo: () => { this.run(`ROLLBACK TO ${savepoint}`); release(); this.texts.backTo(mark) } }
  }
  /** Statements that run once in a while: schema changes, pragmas. */
  exec(text: string): void { this.database.exec(text) }

  /** Reads inside see one state of the database, also when another process commits in between. */
  snapshot<T>(read: () => T): T {
    if (this.inTransaction) return read()
    this.run('BEGIN')
    try { return read() } finally { this.run('COMMIT') }
  }

  close(): void {
    for (const cache of Object.values(this.prepared)) cache.clear()
    this.database.close()
  }

  /**
   * A statement that failed is prepared anew: libsql does not set one back that gave rows, and it would fail the same way for ever. One that
   * another process kept waiting is kept: it is set back when it is run again, and as long as it is not no savepoint can be opened.
   */
  private execute<T>(mode: Mode, text: string, work: (statement: Statement) => T): T {
    const cache = this.prepared[mode]
    try {
      return work(cache.get(text) ?? this.prepare(mode, text, cache))
    } catch (error) {
      if (!isBusy(error)) cache.delete(text)
      throw error
    }
  }

  private prepare(mode: Mode, text: string, cache: Map<string, Statement>): Statement {
    const statement = this.database.prepare(text)
    if (mode === 'arrays' || mode === 'exact') statement.raw(true)
    if (mode === 'exact') statement.safeIntegers(true)
    if (cache.size >= maxStatements) cache.delete(cache.keys().next().value!)
    cache.set(text, statement)
    return statement
  }
}
