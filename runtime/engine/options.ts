/** The choices of fields, filled in from the definitions they are taken from. */
import { fieldTypeOf } from '../../schemas/field-types'
import type { Dictionary, Field, Label, Options, OptionsFrom, Pipeline, Role } from '../../schemas/generated/types'
import type { Report } from './compile-entity'
import { targetOf } from './model'
import { repetitions } from './repetitions'

/** `former`: versions of pipelines that records go on by; their stages are choices still. */
export interface OptionSources { pipelines: Pipeline[]; former: Pipeline[]; roles: Role[]; dictionaries: Map<string, Dictionary> }

/** The field with its choices beside it; for a sub-table, its columns with theirs. `path` is where the field stands. */
export function withOptions(field: Field, sources: OptionSources, path: string, report: Report): Field {
  const type = fieldTypeOf(field)
  const columns = type.rows?.(field)
  if (columns) return Object.assign({}, field, { fields: columns.map((column, i) => withOptions(column, sources, `${path}/fields/${i}`, report)) })
  const named = type.dictionary?.(field)
  if (named !== undefined) return withItems(field, named, sources, `${path}/dictionary`, report)
  if (!type.options) return field
  const { optionsFrom } = field as { optionsFrom?: OptionsFrom }
  if (optionsFrom) return Object.assign({}, field, { options: optionSources[optionsFrom](sources) })
  checkOptions(type.options(field), path, report)
  return field
}

function withItems(field: Field, name: string, { dictionaries }: OptionSources, path: string, report: Report): Field {
  const found = dictionaries.get(name)
  report.use?.(path, targetOf.definition('dictionary', name))
  if (!found) report(path, 'noSuchDefinition', { kind: { en: 'dictionary', zh: '字典' }, name })
  return Object.assign({}, field, { options: found?.items ?? [] })
}

function checkOptions(options: Options | undefined, path: string, report: Report) {
  if (!options) report(path, 'missingMember', { name: 'options' })
  const values = options?.map((o) => o.value) ?? []
  for (const i of repetitions(values)) report(`${path}/options/${i}/value`, 'duplicateName', { name: values[i] })
}

const distinct = (options: Options): Options => [...new Map(options.map((o) => [o.value, o])).values()]
const choices = (pipelines: Pipeline[], parts: (pipeline: Pipeline) => { id: string; label: Label }[]) => distinct(pipelines.flatMap((p) => parts(p).map(({ id, label }) => ({ value: id, label }))))
const withFormer = (present: Options, former: Options): Options => [...present, ...former.filter(({ value }) => !present.some((o) => o.value === value))]
const optionSources: Record<OptionsFrom, (s: OptionSources) => Options> = {
  pipelines: ({ pipelines }) => pipelines.map((p) => ({ value: p.name, label: p.label })),
  stages: ({ pipelines, former }) => withFormer(choices(pipelines, (p) => p.stages), choices(former, (p) => p.stages)),
  phases: ({ pipelines, former }) => withFormer(choices(pipelines, (p) => p.phases ?? []), choices(former, (p) => p.phases ?? [])),
  roles: ({ roles }) => roles.map((r) => ({ value: r.name, label: r.label })),
}
