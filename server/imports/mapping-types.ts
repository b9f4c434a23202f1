/* Generated from mapping.schema.json by json-schema-to-typescript. Do not edit. */

/**
 * How CSV files become records: definitions that are needed first, then steps, in order.
 */
export interface Mapping {
/**
 * What the import is called in messages.
 */
name: string
/**
 * Definition documents that are published before the first row, beside the mapping. What was published in this content once is left as it is now.
 */
definitions?: string[]
/**
 * @minItems 1
 */
steps: Step[]
}
/**
 * One file read into one entity.
 */
export interface Step {
/**
 * Name of the step in messages.
 */
id: string
/**
 * Name of the CSV file: UTF-8, comma separated, names of the columns in the first row.
 */
file: string
entity: string
/**
 * The fields by which a row finds its record; best such as are unique. A second row of the file with the same values is refused.
 * 
 * @minItems 1
 */
match: string[]
/**
 * upsert (default): a row without a record creates one. update: it is refused.
 */
mode?: ("upsert" | "update")
/**
 * Of the rows with the same values in these columns only the first counts; the others are passed over.
 * 
 * @minItems 1
 */
distinct?: string[]
/**
 * Rows with this column empty are passed over.
 */
skipWhenEmpty?: string
fields: Fields
stage?: StageCommand
}
/**
 * Field by field what fills it.
 */
export interface Fields {
[k: string]: Source
}
/**
 * Where a value comes from: one of column, template, constant; then, in this order, emptyValues, slug, date, valueMap, lookup.
 */
export interface Source {
/**
 * The cell, trimmed. Empty: no value.
 */
column?: string
/**
 * Text with {column} in it. One of them empty: no value.
 */
template?: string
/**
 * This value, as the API would take it.
 */
constant?: (string | number | boolean | null | unknown[])
/**
 * Texts that mean no value as well.
 */
emptyValues?: string[]
/**
 * Lower case, everything between letters and digits becomes this character.
 */
slug?: string
/**
 * How the date is written, with YYYY, M or MM, D or DD: M/D/YYYY.
 */
date?: string
/**
 * Text → value. A text that is not named is refused, or becomes what otherwise says.
 */
valueMap?: {
[k: string]: string | number | boolean | null | unknown[]
}
/**
 * Value of texts that valueMap does not name.
 */
otherwise?: (string | number | boolean | null | unknown[])
lookup?: Lookup
/**
 * Where the value comes from instead when there is none.
 */
fallback?: Source
}
/**
 * The record whose field equals the text exactly, as of the beginning of the step. None, or more than one: the row is refused.
 */
export interface Lookup {
entity: string
/**
 * The field that is compared.
 */
by: string
/**
 * The field whose value is taken; the id when left out.
 */
take?: string
}
/**
 * The stage the record is to be in. A record that is in it already is left alone.
 */
export interface StageCommand {
to: Source
fields?: Fields
}
