/**
 * What a field type is. Each lives in its own folder: `schema.json` says how a field of the type is defined, `<type>.ts` is its
 * pure behaviour, `examples.ts` is run by the contract suite through definition, validation, storage and filters.
 * Adding one: the folder, a line in `index.ts`, a view in `runtime/app/field-views`.
 *
 * A value has three forms. *Wire*: JSON, as the API and the browser know it. *Stored*: a storage kind, as the store port knows it.
 * *Expression*: what formulas calculate with.
 */
import type { Field, Label, Options } from '../generated/types'
import type { ExpressionType, ExpressionValue } from '../expressions/types'
import type { ProblemCode } from '../errors'
import type { FileRules } from '../files'

/**
 * text: string. int: whole number within ±(2^53−1), also exact decimals in units of 10^-scale. bool. json: any JSON.
 * rows: child table. Dates and moments are text in ISO form, which sorts rightly.
 */
export type StorageKind = 'text' | 'int' | 'bool' | 'json' | 'rows'

export type FilterOp = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'nin' | 'contains' | 'startsWith' | 'between' | 'empty' | 'notEmpty' | 'withinDays' | 'within' | 'me' | 'myDepartment'

export type JsonSchema = { [keyword: string]: unknown }
export type Language = 'en' | 'zh'

/** What is wrong with a value, beyond what its JSON Schema says. */
export interface ValueProblem { code: ProblemCode; params?: Record<string, unknown> }

export interface FormatContext {
  language: Language
  /** Currency of a money value, when a field of the record names it. */
  currency?: string
  /** Title of a referenced record or name of a stored file, when known. */
  title?: (id: string) => string | undefined
}

export interface FieldType<F extends Field = Field> {
  /** How the value is kept. */
  readonly storage: StorageKind
  /** The filter operators that make sense. */
  readonly operators: readonly FilterOp[]
  /** Sorted as people read it, Chinese by pinyin, and not by code point. */
  readonly collated?: boolean
  /** Belongs to a whole record and cannot be a column of a sub-table. */
  readonly ofRecord?: boolean
  /** Written by the engine only; input is refused. */
  readonly computed?: boolean
  /** The field whose type a computed value has (formula, roll-up). Absent: the field itself. */
  effective?(field: F): Field
  expressionType(field: F): ExpressionType
  /** JSON Schema of the wire value, null left aside. */
  valueSchema(field: F): JsonSchema
  /** Canonical wire value of a value that satisfies the schema: "12.5" → "12.50". */
  normalise?(value: unknown, field: F): unknown
  /** Checks what JSON Schema cannot, on a normalised value. */
  check?(value: unknown, field: F): ValueProblem | undefined
  /** Stored form of a canonical wire value; null stays null. */
  toStored(value: unknown, field: F): unknown
  fromStored(stored: unknown, field: F): unknown
  toExpression(value: unknown, field: F): ExpressionValue
  /** Wire value of an expression's result, rounded to the field's scale. */
  fromExpression(value: ExpressionValue, field: F): unknown
  /** The wire value that a text stands for: a cell of a file. What it cannot read stays text, so that checking says why. Absent: the text itself. */
  fromText?(text: string, field: F): unknown
  /** How many places behind the point a number keeps. Absent: it is none, or is not written so. */
  places?(field: F): number
  /** A piece of a value as it stands in the canonical form, for `contains` and `startsWith`. Absent: as it is. */
  part?(text: string): string
  /** How the stored form of every value begins that lies within this stored value, itself included: of a place, those in it. For `within`; undefined when it names none. */
  stemOf?(stored: string): string | undefined
  /**
   * Brings what the type must know before it judges and writes values, a long list; until then it takes what has the right form and writes
   * it as it is. A server waits for it before it serves; a page calls it when the first field of the type is to be shown.
   */
  load?(): Promise<unknown>
  /** The value as people read it. */
  format(value: unknown, field: F, context: FormatContext): string
  /** What is shown of a value that a role may only see masked; `•••` unless given. */
  mask?(value: unknown, how: Field['mask']): string
  /** Entity whose ids the value holds. */
  refersTo?(field: F): string
  /** The value holds ids of stored files: what these may be. */
  files?(field: F): FileRules
  /** Name of the dictionary whose entries are the choices. */
  dictionary?(field: F): string
  /** The choices. */
  options?(field: F): Options | undefined
  /** Columns of a sub-table. */
  rows?(field: F): Field[]
  /** Given by the system when a record is created: the counter it takes on a day, and how the count is written. */
  numbered?(field: F, today: string): { sequence: string; write: (count: number) => string }
  /** What is wrong with the settings of a field that JSON Schema cannot say. */
  settingsProblem?(field: F): Label | undefined
}

/** Run by the contract suite for every type and store. */
export interface FieldExamples {
  /** Members of the field beside name and label. */
  field: Record<string, unknown>
  /** Accepted input and the wire value it becomes. At least two distinct ones, in ascending order where the type has an order. */
  valid: { input: unknown; wire?: unknown }[]
  invalid: { input: unknown; code: ProblemCode }[]
  /** What a cell of a file may hold and the wire value it becomes; at least one for a type that reads texts of its own (`fromText`). */
  cells?: { text: string; wire: unknown }[]
  /** Filters over records that hold `valid[0]`, `valid[1]`, …, and null: which indexes match (the null record has index valid.length). */
  filters: { op: FilterOp; value?: unknown; matches: number[] }[]
}
