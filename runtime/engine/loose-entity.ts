import type { Field, Label } from '../../schemas/generated/types'
import { compileField } from './compile-field'
import { inputSchema } from './input-schema'
import type { CompiledEntity, CompiledField } from './model'

/** Loose fields as an entity of their own, without a table: what an action or a dialog asks for is drawn and checked like a record. */
export function entityOfFields(name: string, label: Label, definitions: Field[]): CompiledEntity {
  return looseEntity(name, label, definitions.map((definition) => compileField(definition)))
}

export function looseEntity(name: string, label: Label, own: CompiledField[]): CompiledEntity {
  return {
    name,
    definition: { kind: 'entity', name, label, titleField: own[0]?.name ?? '', fields: own.map((field) => field.definition) },
    fields: new Map(own.map((field) => [field.name, field])),
    aliases: new Map(),
    own,
    steps: [],
    rulesRead: new Set(),
    inputSchema: inputSchema(own),
    comparedBy: [],
  }
}
