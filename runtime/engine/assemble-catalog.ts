/**
 * A whole set of definitions, looked up and linked: what the apps need of published ones. Nothing is checked (see catalog.ts); the documents use
 * the present names of fields.
 */
import type { Action, Calendar, Definition, Dictionary, Entity, Flow, Form, Pipeline, Role, RollupField, RuleTable, Sharing, Template, View } from '../../schemas/generated/types'
import { compileCalendar } from './calendar/calendar'
import { compileExpressions, outlineEntity, resolveRollups, type Report } from './compile-entity'
import type { Catalog, FormerPipeline } from './model'
import { withOptions } from './options'
import { entityAt, formulaReads } from './reference-reads'
import { ruleAgainst } from './unique-rules'

/** `reportFor` takes what does not hold together in a document; whoever assembles published documents does not listen. */
export function assembleCatalog(documents: Definition[], former: FormerPipeline[] = [], reportFor: (document: Definition) => Report = () => () => undefined): Catalog {
  const catalog = outline(documents, former, reportFor)
  resolveRollups(catalog)
  for (const entity of catalog.entities.values()) compileExpressions(entity, catalog, reportFor(entity.definition))
  link(catalog)
  return catalog
}

function outline(documents: Definition[], former: FormerPipeline[], reportFor: (d: Definition) => Report): Catalog {
  const of = <K extends Definition['kind']>(kind: K) => documents.filter((d): d is Extract<Definition, { kind: K }> => d.kind === kind)
  const pipelines = byEntity<Pipeline>(of('pipeline'))
  const roles = of('role') as Role[]
  const dictionaries = new Map((of('dictionary') as Dictionary[]).map((d) => [d.name, d]))
  const formerPipelines = new Map<string, FormerPipeline[]>()
  for (const one of former) append(formerPipelines, one.pipeline.entity, one)
  const sources = (entity: string) => ({ pipelines: pipelines.get(entity) ?? [], former: formerPipelines.get(entity)?.map((f) => f.pipeline) ?? [], roles, dictionaries })
  const asked = (action: Action): Action => (action.input ? { ...action, input: action.input.map((f, i) => withOptions(f, sources(action.entity), `/input/${i}`, reportFor(action))) } : action)
  return {
    documents,
    entities: new Map((of('entity') as Entity[]).map((d) => [d.name, outlineEntity(d, sources(d.name), reportFor(d))])),
    pipelines,
    formerPipelines,
    flows: byEntity<Flow>(of('flow')),
    actions: byEntity<Action>((of('action') as Action[]).map(asked)),
    views: byEntity<View>(of('view')),
    forms: byEntity<Form>(of('form')),
    dictionaries,
    ruleTables: new Map((of('ruleTable') as RuleTable[]).map((d) => [d.name, d])),
    roles: new Map(roles.map((r) => [r.name, r])),
    sharing: of('sharing') as Sharing[],
    calendars: new Map((of('calendar') as Calendar[]).map((d) => [d.name, compileCalendar(d)])),
    template: of('template')[0] as Template | undefined,
    rollupsOver: new Map(),
    followers: new Map(),
    referrers: new Map(),
  }
}

function byEntity<D extends { entity: string; name: string; order?: number }>(documents: D[]): Map<string, D[]> {
  const result = new Map<string, D[]>()
  for (const d of [...documents].sort((a, b) => (a.order ?? 1000) - (b.order ?? 1000) || (a.name < b.name ? -1 : 1))) append(result, d.entity, d)
  return result
}

function append<T>(map: Map<string, T[]>, key: string, item: T) {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}

/** Who is compared with whom, who refers to whom, which roll-ups add up whose records, which formulas read whose. */
function link(catalog: Catalog) {
  for (const entity of catalog.entities.values()) for (const rule of entity.definition.unique ?? []) for (const against of rule.against ?? []) catalog.entities.get(against.entity)?.comparedBy.push(ruleAgainst(rule, against))
  for (const entity of catalog.entities.values()) for (const { path, member } of formulaReads(entity, catalog)) {
    const target = entityAt(entity, path, catalog)
    if (target) append(catalog.followers, target.name, { entity: entity.name, path, member })
  }
  for (const entity of catalog.entities.values()) for (const field of entity.fields.values()) {
    for (const f of [field, ...(field.rows ?? [])]) if (f.refersTo && !f.system) append(catalog.referrers, f.refersTo, { entity: entity.name, field })
    const rollup = (field.definition as RollupField).rollup
    if (rollup?.entity !== undefined && rollup.via !== undefined) append(catalog.rollupsOver, rollup.entity, { parent: entity.name, field, child: rollup.entity, via: rollup.via })
  }
}
