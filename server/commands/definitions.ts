/** `formwright validate | diff | apply | upgrade | export | types`: definition files in a folder against an installation. */
import { writeFileSync } from 'node:fs'
import { compileCatalog, keyOf, type DefinitionProblem, type Operation } from '../../runtime/engine'
import { messageOf } from '../../schemas/errors'
import type { Definition } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'
import { definitionProblems } from '../../schemas/validate'
import { typedClient } from '../bundles/typed-client'
import { ConfigError } from '../config'
import { definitionFiles, writeDefinitions } from '../setup/definitions-folder'
import { exportBundle, importBundle, previewBundle, type BundleItem } from '../use-cases/bundles'
import type { Context } from '../use-cases/context'
import { offerTemplate } from '../use-cases/template'
import { previewUpgrade } from '../use-cases/template-upgrade'

/** What a command is given: words after its name, options, and the installation when it asks for it. */
export interface Invocation {
  args: string[]
  /** `--remove flow:old --remove view:older` → ["flow:old", "view:older"] */
  remove: string[]
  root: string
  say: (line: string) => void
  inInstallation<T>(work: (ctx: Context) => Promise<T>): Promise<T>
}

/** A folder with a template.json stands alone; another is checked on top of what is published. Says whether all is well. */
export async function validate({ args, say, inInstallation }: Invocation): Promise<boolean> {
  const files = filesOf(args[0], 'validate')
  const documents = files.map((f) => f.definition)
  const problems = documents.some((d) => d.kind === 'template') ? problemsAlone(documents) : await inInstallation((ctx) => Promise.resolve(previewBundle(ctx, documents).problems))
  for (const problem of problems) say(lineOf(problem, files))
  say(problems.length === 0 ? `${documents.length} definitions, nothing wrong.` : `${problems.length} problems.`)
  return problems.length === 0
}

function problemsAlone(documents: Definition[]): DefinitionProblem[] {
  const shape = documents.flatMap((d) => definitionProblems(d).map((p): DefinitionProblem => ({ ...p, kind: d.kind, key: keyOf(d) })))
  const given = new Set(documents.map((d) => `${d.kind} ${keyOf(d)}`))
  return shape.length > 0 ? shape : compileCatalog([...systemDefinitions.filter((d) => !given.has(`${d.kind} ${keyOf(d)}`)), ...documents]).problems
}

/** What applying would change. */
export async function diff({ args, remove, say, inInstallation }: Invocation): Promise<boolean> {
  const files = filesOf(args[0], 'diff')
  const { items, problems } = await inInstallation((ctx) => Promise.resolve(previewBundle(ctx, files.map((f) => f.definition), remove)))
  tell(items, say)
  for (const problem of problems) say(lineOf(problem, files))
  return problems.length === 0
}

/** Publishes what differs, as one release. Deletes only what is named with --remove. */
export async function apply({ args, remove, say, inInstallation }: Invocation): Promise<boolean> {
  const definitions = filesOf(args[0], 'apply').map((f) => f.definition)
  const release = await inInstallation((ctx) => importBundle(ctx, definitions, remove))
  say(release ? `Published as release ${release.number}: ${release.items.map((i) => `${i.kind} ${i.key}`).join(', ')}` : 'Nothing differs.')
  return true
}

/** Shows what a newer version of the template would change, and has the studio offer it: there it is taken up, settled and published. */
export async function upgrade({ args, say, inInstallation }: Invocation): Promise<boolean> {
  const files = filesOf(args[0], 'upgrade')
  const documents = files.map((f) => f.definition)
  const plan = await inInstallation(async (ctx) => { const found = await previewUpgrade(ctx, documents); await offerTemplate(ctx, documents); return found })
  say(`${plan.from} → ${plan.to}`)
  tell(plan.items, say)
  for (const { kind, key, target, yours, theirs, base } of plan.conflicts) say(`! ${kind} ${key} ${target}: ${short(base)}; yours ${briefly(yours)}, theirs ${briefly(theirs)}`)
  for (const { kind, key, operation } of plan.orphans) say(`? ${kind} ${key} ${operation.target}: ${briefly(operation)}; the template has it no more`)
  for (const problem of plan.problems) say(lineOf(problem, files))
  say(`${plan.conflicts.length} conflicts, ${plan.orphans.length} changes to be parked. Settle and publish it in the studio: /studio/template`)
  return plan.problems.length === 0
}

/** Writes what is published, or the named documents (entity:project), as files. */
export async function exportFiles({ args: [folder, ...wanted], say, inInstallation }: Invocation): Promise<boolean> {
  if (folder === undefined) throw new ConfigError('Usage: formwright export DIR [entity:project …]')
  const { definitions, release } = await inInstallation((ctx) => Promise.resolve(exportBundle(ctx, wanted.length > 0 ? wanted : undefined)))
  writeDefinitions(folder, definitions)
  say(`${definitions.length} definitions of release ${release} written to ${folder}`)
  return true
}

/** Writes TypeScript types of the published entities, with a client. */
export async function types({ args: [file], root, say, inInstallation }: Invocation): Promise<boolean> {
  if (file === undefined) throw new ConfigError('Usage: formwright types FILE.ts')
  writeFileSync(file, await inInstallation(({ model }) => typedClient(model.catalog, model.release, root)))
  say(`Types and client written to ${file}`)
  return true
}

function filesOf(folder: string | undefined, command: string) {
  if (folder === undefined) throw new ConfigError(`Usage: formwright ${command} DIR`)
  const files = definitionFiles(folder)
  if (files.length === 0) throw new ConfigError(`${folder} holds no definitions: template.json, entities/, pipelines/, flows/, roles/ …`)
  return files
}

function lineOf({ kind, key, path, code, params = {} }: DefinitionProblem, files: ReturnType<typeof definitionFiles>): string {
  const file = files.find(({ definition: d }) => d.kind === kind && keyOf(d) === key)?.file ?? `${kind} ${key}`
  return `${file}${path === '' ? '' : ` ${path}`}: ${messageOf(code, params, 'en')}`
}

const signs = { added: '+', changed: '~', removed: '-', unchanged: ' ' } as const
const briefly = (operation: Operation) => `${operation.op} ${short('value' in operation ? operation.value : 'item' in operation ? operation.item : 'after' in operation ? operation.after : undefined)}`.trim()
const short = (value: unknown) => { const text = JSON.stringify(value) ?? ''; return text.length > 80 ? `${text.slice(0, 77)}…` : text }

function tell(items: BundleItem[], say: (line: string) => void) {
  for (const { kind, key, change, differences } of items.filter((i) => i.change !== 'unchanged')) {
    say(`${signs[change]} ${kind} ${key}`)
    for (const d of differences) say(`    ${d.path} ${d.op}${d.op === 'changed' ? `: ${short(d.before)} → ${short(d.after)}` : d.op === 'moved' ? '' : `: ${short(d.after ?? d.before)}`}`)
  }
  const counts = (['added', 'changed', 'removed', 'unchanged'] as const).map((change) => `${items.filter((i) => i.change === change).length} ${change}`)
  say(counts.join(', '))
}
