/**
 * What definitions become: the compiled model that server and browser both run on. Plain data and lookups, no I/O.
 */
import type { Action, Definition, Dictionary, Entity, Field, Flow, Form, Pipeline, Role, RuleTable, Sharing, Stage, Template, UniqueRule, View } from '../../schemas/generated/types'
import type { CompiledCalendar } from './calendar/calendar'
import type { Problem } from '../../schemas/errors'
import type { FieldType, JsonSchema } from '../../schemas/field-types/field-type'
import { versionField } from './system-fields'

export interface CompiledField {
  name: string
  /** As published, with options that come from definitions filled in. */
  definition: Field
  type: FieldType
  /** For a computed value the field whose type the value has; else the definition itself. */
  effective: Field
  effectiveType: FieldType
  /** Written by the engine only: auto-number, formula, roll-up. */
  computed: boolean
  /** One of owner, ownerDept, createdAt, createdBy, updatedAt, updatedBy, deletedAt. */
  system: boolean
  /** Depends on today or on who looks: computed when read, never stored. */
  volatile: boolean
  /** The entity whose ids the value holds. */
  refersTo?: string
  /** Columns of a sub-table. */
  rows?: CompiledField[]
}

/** One step of computing a record: the row formulas of a sub-table, a roll-up over one, or a formula. In order of dependence. */
export interface ComputeStep {
  field: CompiledField
  /** The formulas of the rows, in order, when the field is a sub-table. */
  rowFormulas?: CompiledField[]
  /** The sub-table a roll-up adds up. */
  over?: CompiledField
}

export interface CompiledEntity {
  name: string
  definition: Entity
  /** Own and system fields. */
  fields: Map<string, CompiledField>
  /** Former names of fields, and what they are called now. */
  aliases: Map<string, string>
  own: CompiledField[]
  steps: ComputeStep[]
  /** Paths of references whose records the entity's rules and formulas read: project, project.primaryCustomer, lines.product. */
  rulesRead: Set<string>
  /** Shape of what a person may send. */
  inputSchema: JsonSchema
  /** Rules of uniqueness of other entities that look at this one's records. */
  comparedBy: UniqueRule[]
}

/** A former version of a pinned pipeline that records go on by. */
export interface FormerPipeline {
  version: number
  /** What these records carry as their version; null: they entered before it was pinned. */
  carried: (number | null)[]
  pipeline: Pipeline
}

/** A roll-up of `entity` over the records of another entity. */
export interface RollupEdge { parent: string; field: CompiledField; child: string; via: string }

/** Records of `entity` have formulas that read `member` of the record at the end of `path`. */
export interface Follower { entity: string; path: string[]; member: string }

export interface Catalog {
  /** The documents as compiled: former names of fields are replaced by their present ones. */
  documents: Definition[]
  entities: Map<string, CompiledEntity>
  /** Those in force, by entity. */
  pipelines: Map<string, Pipeline[]>
  /** Former versions that records go on by, by entity. */
  formerPipelines: Map<string, FormerPipeline[]>
  flows: Map<string, Flow[]>
  actions: Map<string, Action[]>
  views: Map<string, View[]>
  forms: Map<string, Form[]>
  dictionaries: Map<string, Dictionary>
  ruleTables: Map<string, RuleTable>
  roles: Map<string, Role>
  /** Rules that open records to more people. */
  sharing: Sharing[]
  /** Working days and hours, by name. */
  calendars: Map<string, CompiledCalendar>
  template: Template | undefined
  /** Roll-ups by the entity they add up. */
  rollupsOver: Map<string, RollupEdge[]>
  /** Stored formulas by the entity whose records they read through references. */
  followers: Map<string, Follower[]>
  /** Fields by the entity they refer to. */
  referrers: Map<string, { entity: string; field: CompiledField }[]>
}

export interface DefinitionProblem extends Problem { kind: string; key: string }

/** A place in a document that relies on something: a field (`field/deal.qty`) or a definition (`role/boss`). See `targetOf`. */
export interface Use {
  kind: Definition['kind']
  key: string
  path: string
  target: string
  /** The place is in this former version, which records go on by. */
  version?: number
}

/** What a use relies on. */
export const targetOf = {
  /** `name`: of a column with that of its sub-table, `lines.qty`. */
  field: (entity: string, name: string) => `field/${entity}.${name}`,
  definition: (kind: Definition['kind'], key: string) => `${kind}/${key}`,
}

/** The field of that name, or that had it before. */
export const fieldOf = (entity: CompiledEntity, name: string): CompiledField | undefined => entity.fields.get(name) ?? entity.fields.get(entity.aliases.get(name) ?? '')

/** The column of a sub-table that has the name, or had it before. */
export const columnNamed = ({ rows }: CompiledField, name: string): CompiledField | undefined => rows?.find((c) => c.name === name) ?? rows?.find((c) => c.definition.aliases?.includes(name))

/** Who looks, and when: what expressions may know beside the record. */
export interface Person { id: string; username: string; name: string; roles: string[]; department: string | null }
export interface RuleContext {
  me: Person
  /** YYYY-MM-DD in the company's time zone. */
  today: string
  /** The record a reference points to, in wire form with the entity it belongs to; undefined when unknown. */
  related?: (id: string) => { entity: string; record: WireRecord } | undefined
}

/** A record as the API knows it. */
export type WireRecord = { id?: string; rev?: number; [field: string]: unknown }

/** The name a definition goes by: actions belong to their entity. */
export function keyOf(definition: Definition): string {
  return definition.kind === 'action' ? `${definition.entity}.${definition.name}` : definition.name
}

export function stageOf(pipeline: Pipeline | undefined, id: unknown): Stage | undefined {
  return pipeline?.stages.find((stage) => stage.id === id)
}

/** The pipeline a record follows, in the version it goes by. */
export function pipelineOf(catalog: Catalog, entity: CompiledEntity, record: WireRecord): Pipeline | undefined {
  return formerOf(catalog, entity, record)?.pipeline ?? presentPipeline(catalog, entity, record)
}

/** The pipeline of a record as it is in force, which records that enter it now go by. */
export function presentPipeline(catalog: Catalog, entity: CompiledEntity, record: WireRecord): Pipeline | undefined {
  const binding = entity.definition.pipeline
  return binding && catalog.pipelines.get(entity.name)?.find((p) => p.name === record[binding.pipelineField])
}

/** The former version that a record goes by; undefined: it goes by the one in force. */
export function formerOf(catalog: Catalog, entity: CompiledEntity, record: WireRecord): FormerPipeline | undefined {
  const binding = entity.definition.pipeline
  return binding && catalog.formerPipelines.get(entity.name)?.find(({ pipeline, carried }) => pipeline.name === record[binding.pipelineField] && carried.includes(record[versionField] as number | null))
}
