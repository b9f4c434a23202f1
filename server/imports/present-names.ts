/** A mapping may speak of fields by former names; it is carried out with the present ones. */
import type { Catalog } from '../../runtime/engine'
import type { Fields, Source, Step } from './mapping-types'

export function withPresentFields(step: Step, catalog: Catalog): Step {
  const present = (entity: string, name: string) => catalog.entities.get(entity)?.aliases.get(name) ?? name
  const source = (s: Source): Source => ({
    ...s,
    ...(s.lookup && { lookup: { ...s.lookup, by: present(s.lookup.entity, s.lookup.by), ...(s.lookup.take !== undefined && { take: present(s.lookup.entity, s.lookup.take) }) } }),
    ...(s.fallback && { fallback: source(s.fallback) }),
  })
  const fields = (given: Fields): Fields => Object.fromEntries(Object.entries(given).map(([name, s]) => [present(step.entity, name), source(s)]))
  const { stage } = step
  return {
    ...step, match: step.match.map((name) => present(step.entity, name)), fields: fields(step.fields),
    ...(stage && { stage: { to: source(stage.to), ...(stage.fields && { fields: fields(stage.fields) }) } }),
  }
}
