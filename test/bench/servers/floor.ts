/**
 * The floor: Express answering the same requests with the same JSON from prepared statements, as one would write it for exactly these
 * requests. No session, no rights, no validation, no metadata, and no bin: it counts within an index where ours must look at who owns
 * a record. Same driver, same pragmas, same tables, as many indexes (over all records, as it has no bin), a database of its own.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Request } from 'express'
import { v7 } from 'uuid'
import { loadDriver, type Param, type Statement } from '../../../server/stores/sqlite/driver'
import { pairs } from '../../../server/stores/sqlite/search'
import { taxOf } from '../data'
import { attend } from './child'
import { filesIn } from './files'

type Row = Record<string, string | number | null>

const columns = ['id', 'rev', 'owner', 'ownerDept', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'deletedAt', 'contractNo', 'name', 'externalNo', 'kind', 'status', 'customer', 'project', 'signedOn', 'startOn', 'endOn',
  'currency', 'amount', 'taxRate', 'tax', 'paymentMode', 'urgent', 'deliveries', 'contactName', 'remark']

const driver = await loadDriver()
const database = driver.open(filesIn(process.argv[2]!).floor)
for (const pragma of ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL', 'temp_store = MEMORY', 'wal_autocheckpoint = 4000', 'cache_size = -65536', 'mmap_size = 2147418112']) database.exec(`PRAGMA ${pragma}`)

const begin = database.prepare('BEGIN IMMEDIATE')
const commit = database.prepare('COMMIT')
const getContract = database.prepare(`SELECT ${columns.join(', ')} FROM r_contract WHERE id = ?`)
const matching = 'status = ? AND amount BETWEEN ? AND ?'
const count = database.prepare(`SELECT count(*) AS n FROM r_contract WHERE ${matching}`)
const rowsOf = (more: string) => `
  SELECT t.id, t.rev, t.contractNo, t.name, t.status, t.amount, t.currency, t.signedOn, t.owner, t.customer, c.name AS customerName${more}
  FROM r_contract t LEFT JOIN r_customer c ON c.id = t.customer`
const newest = database.prepare(`${rowsOf(', t.createdAt')} ORDER BY t.createdAt DESC, t.id DESC LIMIT 51`)
/** The plus signs keep the planner on the index by status and date: it gives the page in its order. */
const page = database.prepare(`${rowsOf('')} WHERE t.status = ? AND +t.amount BETWEEN ? AND ? ORDER BY t.signedOn DESC, t.id DESC LIMIT 51`)
/** The pairs of characters are those of our search index, which the copy of the database has. */
const found = database.prepare(`${rowsOf(', t.createdAt')} WHERE t.rowid IN (SELECT rowid FROM "s:r_contract(name)" WHERE pairs MATCH ?) ORDER BY t.createdAt DESC, t.id DESC LIMIT 21`)
const nextNumber = database.prepare('INSERT INTO _sequence (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value')
const insertContract = database.prepare(`INSERT INTO r_contract (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
const updateContract = database.prepare('UPDATE r_contract SET paymentMode = ?, contactName = ?, updatedAt = ?, updatedBy = ?, rev = rev + 1 WHERE id = ?')
const insertHistory = database.prepare(`INSERT INTO s_history (id, rev, entity, record, recordRev, at, "by", path, kind, changes, data) VALUES (?, 1, 'contract', ?, ?, ?, ?, 'screen', ?, ?, '{}')`)
const totals = database.prepare('SELECT status, sum(amount) AS total FROM r_contract GROUP BY status ORDER BY status')
const someone = (database.prepare('SELECT id, department FROM r_user WHERE username = ?').get(['bench']) as { id: string; department: string })

/** libsql's get() adds a member of its own to the row; all() does not. */
const one = (statement: Statement, ...params: Param[]) => statement.all(params)[0] as Row | undefined
const all = (statement: Statement, ...params: Param[]) => statement.all(params) as Row[]
const money = (cents: string | number | null) => (cents === null ? null : ((cents as number) / 100).toFixed(2))
const cents = (text: unknown) => Math.round(Number(text) * 100)
const wire = (row: Row) => ({ ...row, amount: money(row.amount!), taxRate: money(row.taxRate!), tax: money(row.tax!), urgent: row.urgent === 1 })

/** One durable transaction. */
function transaction<T>(work: () => T): T {
  begin.run([])
  try {
    const result = work()
    commit.run([])
    return result
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw error
  }
}

const app = express().disable('x-powered-by').set('etag', false)
app.use(express.json({ type: ['application/json', 'application/merge-patch+json'] }))
const at = '/api/v1/records/contract'

app.get(`${at}/:id`, (req, res) => {
  const row = one(getContract, req.params.id)
  if (!row) { res.status(404).end(); return }
  res.json(wire(row))
})

app.get(at, (req, res) => {
  if (req.query.q !== undefined) { res.json(pageOf(all(found, `"${pairs(req.query.q as string)}"`), 'createdAt', 20)); return }
  if (req.query.filter === undefined) { res.json(pageOf(all(newest), 'createdAt')); return }
  const { and } = JSON.parse(req.query.filter as string) as { and: [{ value: string }, { value: [string, string] }] }
  const [status, [from, to]] = [and[0].value, and[1].value]
  const answer = pageOf(all(page, status, cents(from), cents(to)), 'signedOn')
  res.json(req.query.count === 'exact' ? { ...answer, count: one(count, status, cents(from), cents(to))!.n } : answer)
})

function pageOf(found: Row[], sortedBy: string, limit = 50) {
  const items = found.slice(0, limit).map(({ customerName, createdAt: _createdAt, ...row }) => ({ ...row, amount: money(row.amount!), customer: { id: row.customer, name: customerName } }))
  const last = found[limit - 1]
  return { items, nextCursor: found.length > limit && last ? Buffer.from(JSON.stringify([[last[sortedBy]], last.id])).toString('base64url') : null }
}

app.post(at, (req: Request<unknown, unknown, Row>, res) => {
  const input = req.body
  const now = new Date().toISOString()
  const record: Row = {
    id: v7(), rev: 1, owner: someone.id, ownerDept: someone.department, createdAt: now, createdBy: someone.id, updatedAt: now, updatedBy: someone.id, deletedAt: null, kind: 'product', ...input,
    amount: cents(input.amount), taxRate: cents(input.taxRate), tax: taxOf(cents(input.amount), cents(input.taxRate)), urgent: Number(input.urgent),
  }
  transaction(() => {
    const year = now.slice(0, 4)
    record.contractNo = `HT${year}${String(one(nextNumber, `contract.${year}`)!.value).padStart(6, '0')}`
    insertContract.run(columns.map((c) => record[c]!))
    insertHistory.run([v7(), record.id!, 1, now, someone.id, 'created', JSON.stringify(Object.entries(input).map(([field, to]) => ({ field, from: null, to })))])
  })
  res.status(201).json(wire(record))
})

app.patch(`${at}/:id`, (req: Request<{ id: string }, unknown, Row>, res) => {
  const { paymentMode, contactName } = req.body as { paymentMode: string; contactName: string }
  const now = new Date().toISOString()
  const changed = transaction(() => {
    const before = one(getContract, req.params.id)!
    const after: Row = { ...before, paymentMode, contactName, updatedAt: now, updatedBy: someone.id, rev: (before.rev as number) + 1 }
    updateContract.run([paymentMode, contactName, now, someone.id, req.params.id])
    const changes = ['paymentMode', 'contactName'].map((field) => ({ field, from: before[field]!, to: after[field]! }))
    insertHistory.run([v7(), req.params.id, after.rev!, now, someone.id, 'changed', JSON.stringify(changes)])
    return after
  })
  res.json(wire(changed))
})

app.post(`${at}/aggregate`, (_req, res) => {
  res.json({ groups: all(totals).map(({ status, total }) => ({ keys: [status], values: [money(total!)] })) })
})

const server = createServer(app).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  attend(`http://127.0.0.1:${port}`, () => { server.closeAllConnections(); server.close(); database.close() })
})
