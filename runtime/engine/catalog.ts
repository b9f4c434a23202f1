/**
 * Compiles a whole set of definitions: `compileCatalog(documents) → {catalog, problems}`. Documents have passed their JSON Schema.
 * All problems of the set come back at once, each with its document and a JSON pointer into it. A catalog with problems is never published.
 */
import { messageOf } from '../../schemas/errors'
import type { Definition, Pipeline } from '../../schemas/generated/types'
import { assembleCatalog } from './assemble-catalog'
import { checkAction } from './checks/check-action'
import { checkCalendar } from './checks/check-calendar'
import { dependencyGraph, findCycles } from './checks/check-cycles'
import { checkDictionary } from './checks/check-dictionary'
import { checkEntity } from './checks/check-entity'
import { checkCalls, checkFlow } from './checks/check-flow'
import { checkForm, checkTemplate, checkView } from './checks/check-screens'
import { checkPipeline } from './checks/check-pipeline'
import { findRevealed } from './checks/check-reveals'
import { checkRole } from './checks/check-role'
import { checkRuleTable } from './checks/check-rule-table'
import { checkSharing } from './checks/check-sharing'
import { refuseUnfollowed, refuseVolatileRows, type Report } from './compile-entity'
import { objectNames } from './system-fields'
import { keyOf, type Catalog, type DefinitionProblem, type FormerPipeline, type Use } from './model'
import { withPresentNames, type Rename } from './renames'

export * from './model'

export interface Compiled {
  catalog: Catalog
  problems: DefinitionProblem[]
  /** What holds together, but should be looked at: places that use a former name, fields that are kept from a role and told by what is computed from them. */
  warnings: DefinitionProblem[]
  /** Every place that relies on a field or a definition. */
  uses: Use[]
}

/** `former`: versions of pipelines that records go on by; they must hold together with the documents. */
export function compileCatalog(documents: Definition[], former: FormerPipeline[] = []): Compiled {
  const found = compile(documents, former)
  if (found.renames.length === 0) return found
  const present = <D extends Definition>(d: D): D => { const own = found.renames.filter((r) => r.document === d); return own.length > 0 ? withPresentNames(d, own) : d }
  const written = found.renames.filter((r) => documents.includes(r.document))
  const warnings = written.map(({ document, path, from, to }): DefinitionProblem => ({ kind: document.kind, key: keyOf(document), path, code: 'formerName', params: { name: from, now: to } }))
  const now = compile(documents.map(present), former.map((f) => ({ ...f, pipeline: present(f.pipeline) })))
  return { ...now, warnings: [...warnings, ...now.warnings] }
}

type Found = Compiled & { renames: (Rename & { document: Definition })[] }

function compile(documents: Definition[], former: FormerPipeline[]): Found {
  const problems: DefinitionProblem[] = []
  const uses: Use[] = []
  const renames: Found['renames'] = []
  const reportFor = (document: Definition): Report => Object.assign(
    (path: string, code: DefinitionProblem['code'], params?: Record<string, unknown>) => { problems.push({ kind: document.kind, key: keyOf(document), path, code, params }) },
    { use: (path: string, target: string, version?: number) => { uses.push({ kind: document.kind, key: keyOf(document), path, target, ...(version !== undefined && { version }) }) }, rename: (rename: Rename) => { renames.push({ ...rename, document }) } },
  )
  refuseNames(documents, reportFor)
  const catalog = assembleCatalog(documents, former, reportFor)
  for (const entity of catalog.entities.values()) { refuseUnfollowed(entity, catalog, reportFor(entity.definition)); refuseVolatileRows(entity, reportFor(entity.definition)) }
  const graph = dependencyGraph(catalog)
  for (const { entity, path } of findCycles(graph)) reportFor(catalog.entities.get(entity)!.definition)('/fields', 'cycle', { path: path.join(' → ') })
  checkCalls(catalog, reportFor)
  for (const document of documents) checks[document.kind](document as never, catalog, reportFor(document))
  for (const one of former) checkPipeline(one.pipeline, inForce(one.pipeline, catalog), asFormer(one, reportFor(one.pipeline)))
  return { catalog, problems, uses, renames, warnings: findRevealed(catalog, graph) }
}

const inForce = (former: Pipeline, catalog: Catalog): Catalog =>
  ({ ...catalog, pipelines: new Map(catalog.pipelines).set(former.entity, catalog.pipelines.get(former.entity)?.map((p) => (p.name === former.name ? former : p)) ?? []) })

/** Nobody can change a former version: what it no longer goes together with is at fault. */
function asFormer({ version }: FormerPipeline, report: Report): Report {
  const reason = (code: DefinitionProblem['code'], params: object) => ({ en: messageOf(code, { ...params }, 'en'), zh: messageOf(code, { ...params }, 'zh') })
  return Object.assign((path: string, code: DefinitionProblem['code'], params = {}) => report('', 'formerVersion', { version, at: path, reason: reason(code, params) }), report, { use: (path: string, target: string) => report.use?.(path, target, version) })
}

/** A document as it is meant under a catalog of today: fields that were given other names since are called by those. */
export function meantToday<D extends Definition>(document: D, catalog: Catalog): D {
  const renames: Rename[] = []
  checks[document.kind](document as never, catalog, Object.assign(() => undefined, { rename: (rename: Rename) => { renames.push(rename) } }))
  return renames.length === 0 ? document : withPresentNames(document, renames)
}

type Check<D extends Definition> = (document: D, catalog: Catalog, report: Report) => void
const checks: { [K in Definition['kind']]: Check<Extract<Definition, { kind: K }>> } = {
  entity: checkEntity, pipeline: checkPipeline, flow: checkFlow, action: checkAction, role: checkRole, form: checkForm, view: checkView, template: checkTemplate,
  dictionary: checkDictionary, sharing: checkSharing, calendar: checkCalendar, ruleTable: checkRuleTable,
}

function refuseNames(documents: Definition[], reportFor: (d: Definition) => Report) {
  const seen = new Set<string>()
  for (const document of documents) {
    // Entities are tables, and databases take no notice of capitals.
    const id = `${document.kind} ${document.kind === 'entity' ? document.name.toLowerCase() : keyOf(document)}`
    if (objectNames.has(document.name)) reportFor(document)('/name', 'reservedName', { name: document.name })
    if (seen.has(id)) reportFor(document)('/name', 'duplicateName', { name: keyOf(document) })
    seen.add(id)
  }
}
