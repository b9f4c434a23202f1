/** Values that depend on each other in a circle, across entities: a roll-up of a formula of a roll-up … never comes to rest. */
import { reads } from '../../../schemas/expressions'
import { filterFields } from '../../../schemas/filters'
import type { FormulaField, RollupField } from '../../../schemas/generated/types'
import type { Catalog, CompiledEntity, CompiledField } from '../model'
import { entityAt, formulaReads } from '../reference-reads'

/** What a computed field reads, as entity.field; nothing for fields that people fill in. */
function dependencies(entity: CompiledEntity, field: CompiledField, catalog: Catalog): string[] {
  const others = formulaReads({ ...entity, own: [field] }, catalog).map(({ path, member }) => `${entityAt(entity, path, catalog)?.name}.${member}`)
  return [...others, ...ownDependencies(entity, field)]
}

function ownDependencies(entity: CompiledEntity, field: CompiledField): string[] {
  const { rollup } = field.definition as RollupField
  const { formula } = field.definition as FormulaField
  const own = (names: string[]) => names.map((name) => `${entity.name}.${name.split('.')[0]!}`)
  if (rollup?.entity !== undefined) return [rollup.field, ...(rollup.filter ? filterFields(rollup.filter) : [])].filter((n) => n !== undefined).map((name) => `${rollup.entity!}.${name}`)
  if (rollup?.lines !== undefined) return own([rollup.lines])
  if (field.rows) return own(field.rows.flatMap((c) => ((c.definition as FormulaField).formula ? reads((c.definition as FormulaField).formula) : [])).filter((read) => !field.rows!.some((c) => c.name === read.split('.')[0])))
  return formula === undefined ? [] : own(reads(formula))
}

/** Formulas of the same row, as entity.lines.column. */
function rowDependencies(entity: CompiledEntity, field: CompiledField): [string, string[]][] {
  const at = (column: string) => `${entity.name}.${field.name}.${column}`
  return (field.rows ?? []).flatMap(({ name, definition }): [string, string[]][] => {
    const { formula } = definition as FormulaField
    return formula === undefined ? [] : [[at(name), reads(formula).map((read) => at(read.split('.')[0]!))]]
  })
}

/** Of every field what it is computed from, as entity.field. Formulas of the same row stand as entity.lines.column. */
export function dependencyGraph(catalog: Catalog): Map<string, string[]> {
  return new Map([...catalog.entities.values()].flatMap((e) => [...e.own.map((f): [string, string[]] => [`${e.name}.${f.name}`, dependencies(e, f, catalog)]), ...e.own.flatMap((f) => rowDependencies(e, f))]))
}

/** Circles as the path around them, under the entity they begin in; where many meet in one field, the first. */
export function findCycles(graph: Map<string, string[]>): { entity: string; path: string[] }[] {
  const state = new Map<string, 'open' | 'done'>()
  const cycles: { entity: string; path: string[] }[] = []
  const told = new Set<string>()
  for (const root of graph.keys()) walk(root, graph, state, (path) => {
    const closing = path.at(-1)!
    if (told.has(closing)) return
    told.add(closing)
    cycles.push({ entity: path[0]!.split('.')[0]!, path: shortened(path) })
  })
  return cycles
}

const mostNamed = 20
/** A long way by its beginning and its end. */
export const shortened = (path: string[]) => (path.length <= mostNamed ? path : [...path.slice(0, mostNamed - 5), `… (${path.length - 1})`, ...path.slice(-4)])

/** Depth-first without recursion: a chain of formulas may be long. */
function walk(root: string, graph: Map<string, string[]>, state: Map<string, 'open' | 'done'>, report: (path: string[]) => void) {
  const stack: { node: string; next: number }[] = []
  const enter = (node: string) => { state.set(node, 'open'); stack.push({ node, next: 0 }) }
  if (!state.has(root)) enter(root)
  while (stack.length > 0) {
    const top = stack.at(-1)!
    const target = graph.get(top.node)?.[top.next++]
    if (target === undefined) { state.set(top.node, 'done'); stack.pop() }
    else if (state.get(target) === 'open') { const path = stack.map((s) => s.node); report([...path.slice(path.indexOf(target)), target]) }
    else if (!state.has(target) && graph.has(target)) enter(target)
  }
}
