/** Connecting, and refusing a server that cannot do what the store needs. */
import mongoose, { type Connection } from 'mongoose'

/** Where the address names no database. */
const defaultDatabase = 'formwright'
/** 5.0: lookups with both fields and a pipeline. */
const leastWireVersion = 13

/** What the port promises does not depend on the address: read from the primary, confirmed by the majority, written to the journal. */
const promises = { readPreference: 'primary', readConcernLevel: 'majority', w: 'majority', journal: true } as const

export async function connect(uri: string): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    ...promises, ...(!namesDatabase(uri) && { dbName: defaultDatabase }),
    autoIndex: false, autoCreate: false, bufferCommands: false, appName: 'formwright',
  })
  try {
    await connection.asPromise()
    checkServer(await connection.db!.admin().command({ hello: 1 }))
    return connection
  } catch (error) {
    await connection.destroy()
    throw error
  }
}

const namesDatabase = (uri: string) => /^[^/]+\/\/[^/]+\/[^?]/.test(uri)

/** What it answers to `hello`; a mongos says `isdbgrid`. */
export function checkServer(hello: { setName?: unknown; msg?: unknown; maxWireVersion?: unknown }): void {
  if (Number(hello.maxWireVersion) < leastWireVersion) throw new Error('MongoDB 5.0 or later is needed; this server is older.')
  if (hello.setName === undefined && hello.msg !== 'isdbgrid') {
    throw new Error('This MongoDB server stands alone, and transactions need a replica set. One server is enough: start mongod with --replSet rs0, run rs.initiate() once and add replicaSet=rs0 to MONGODB_URI.')
  }
}
