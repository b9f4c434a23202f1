/** The composition root: the only reader of process.env, the only place that sees every room. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pino from 'pino'
import type { DefinitionProblem } from '../runtime/engine'
import { AppError, messageOf } from '../schemas/errors'
import { demoCompany } from '../seed/demo/company'
import * as definitionCommands from './commands/definitions'
import { ConfigError, readConfig, type Config } from './config'
import { startHost } from './host'
import { finishReleases, openInstallation } from './installation'
import { purgeAll } from './jobs/upkeep'
import { importSample } from './setup/import-sample'
import { asEngine, contextFor, systemPerson, type Context } from './use-cases/context'
import { checkApprovals } from './use-cases/check-approvals'
import { rebuildDerived, verifyDerived } from './use-cases/maintain'

type Command = (config: Config, root: string, args: string[]) => Promise<void>
const onFolders = { validate: definitionCommands.validate, diff: definitionCommands.diff, apply: definitionCommands.apply, upgrade: definitionCommands.upgrade, export: definitionCommands.exportFiles, types: definitionCommands.types }
const commands: Record<string, Command> = {
  serve, import: importCommand, verify, rebuild, purge, flows,
  ...Object.fromEntries(Object.entries(onFolders).map(([name, run]) => [name, onDefinitions(run)])),
}

async function main([name = 'serve', ...args]: string[]) {
  const command = commands[name]
  if (!command) throw new ConfigError(`There is no command “${name}”. Commands: ${Object.keys(commands).join(', ')}.`)
  await command(readConfig(process.env), projectRoot(), args)
}

async function serve(config: Config, root: string) {
  const log = pino({ level: config.logLevel })
  const starting = startHost({ config, log, root, demo: demoCompany, tell: (line) => console.log(line) })
  const stop = (signal: string) => {
    log.info(`${signal}: closing`)
    starting.then((host) => host.close()).then(() => process.exit(0), (error: unknown) => { log.error(error); process.exit(1) })
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
  for (const line of welcome(config, (await starting).url)) console.log(line)
}

function welcome(config: Config, url: string): string[] {
  const accounts = config.demo ? ['', 'Demonstration accounts:', ...demoCompany.accounts.map((a) => `  ${a.username.padEnd(14)} ${a.name}  ${a.role}`), `  password: ${config.demoPassword}`] : []
  return [...accounts, '', `Formwright is ready: ${url}`, `Studio: ${url}/studio/`]
}

async function importCommand(config: Config, root: string, args: string[]) {
  const folder = args[0]
  if (folder === undefined || !existsSync(folder)) throw new ConfigError('Usage: npm run import:sample -- DIR   (the folder with the CSV files)')
  await importSample({ config, log: pino({ level: 'error' }), root, demo: demoCompany }, folder)
}

async function verify(config: Config, root: string) {
  const found = await upkeep(config, root, verifyDerived)
  for (const d of found) console.log(`${d.entity} ${d.id} ${d.field}: stored ${JSON.stringify(d.stored)}, computed ${JSON.stringify(d.computed)}`)
  console.log(found.length === 0 ? 'Every derived value is what it should be.' : `${found.length} values differ. npm run rebuild corrects them.`)
  process.exitCode = found.length === 0 ? 0 : 1
}

async function rebuild(config: Config, root: string) {
  console.log(`${await upkeep(config, root, rebuildDerived)} records corrected.`)
}

async function flows(config: Config, root: string) {
  const found = await upkeep(config, root, checkApprovals)
  for (const { id, flow, title, faults, altered } of found) {
    for (const fault of faults) console.log(`${flow} ${id} (${title}) is stuck: ${fault}`)
    if (altered !== undefined) console.log(`${flow} ${id} (${title}): entry ${altered + 1} of the trail is not what was written`)
  }
  console.log(found.length === 0 ? 'Every approval goes on by itself, and every trail is what was written.' : `${found.length} approvals need an administrator.`)
  process.exitCode = found.length === 0 ? 0 : 1
}

async function purge(config: Config, root: string) {
  const { definitions, records, files, traces } = await upkeep(config, root, purgeAll)
  console.log(`${definitions} fields and definitions purged whose time in the trash was over.`)
  console.log(`${records} records removed whose time in the recycle bin was over.`)
  console.log(`${files} files removed that no record holds.`)
  console.log(`${traces} old deliveries, notices and links removed.`)
}

/** Ends with 1 when the command says that something is wrong. */
function onDefinitions(run: (invocation: definitionCommands.Invocation) => Promise<boolean>): Command {
  return async (config, root, words) => {
    const { positionals, values } = parseArgs({ args: words, allowPositionals: true, options: { remove: { type: 'string', multiple: true } } })
    const well = await run({ args: positionals, remove: values.remove ?? [], root, say: (line) => console.log(line), inInstallation: (work) => upkeep(config, root, work) })
    process.exitCode = well ? 0 : 1
  }
}

async function upkeep<T>(config: Config, root: string, work: (ctx: Context) => Promise<T>): Promise<T> {
  const installation = await openInstallation({ config, log: pino({ level: 'error' }), root, demo: demoCompany })
  const { services, holder } = installation
  try {
    await finishReleases(installation)
    return await work(asEngine(contextFor(services, await holder.current(), systemPerson, 'en', 'system'), 'system'))
  } finally {
    await services.store.close()
  }
}

/** Every problem of a refusal, a line each. */
const describe = ({ message, problems }: AppError) => (problems.length > 0 ? problems.map((p) => `${[(p as Partial<DefinitionProblem>).kind, (p as Partial<DefinitionProblem>).key, p.path].filter(Boolean).join(' ')}: ${messageOf(p.code, p.params ?? {}, 'en')}`).join('\n') : message)

/** The folder with our package.json, above the sources as above the build. */
function projectRoot(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at)) {
    const file = join(at, 'package.json')
    if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'formwright') return at
  }
  throw new Error('the project folder was not found')
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const { code } = error as { code?: string }
  if (code === 'EADDRINUSE') console.error('The port is in use. Choose another: PORT=3001 npm start')
  else console.error(error instanceof ConfigError ? error.message : error instanceof AppError ? describe(error) : error)
  process.exit(1)
})
