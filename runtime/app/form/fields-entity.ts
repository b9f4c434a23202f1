import type { Field, Label } from '../../../schemas/generated/types'
import { compileField } from '../../engine/compile-field'
import { inputSchema } from '../../engine/input-schema'
import type { CompiledEntity, CompiledField } from '../../engine/model'

/** Loose fields as an entity of their own, so that what a dialog asks for is drawn and checked like a record. */
export function entityOfFields(name: string, label: Label, definitions: Field[]): CompiledEntity {
  return entityOf(name, label, definitions.map((definition) => compileField(definition)))
}

/** Some fields of an entity, all demanded, whatever the entity's rules say of when they are shown. */
export function entityOfDemanded(entity: CompiledEntity, names: string[]): CompiledEntity {
  const fields = names.flatMap((name) => entity.fields.get(name) ?? [])
  const demanded = fields.map((field): CompiledField => {
    const { visibleWhen: _visible, requiredWhen: _required, readOnlyWhen: _locked, ...definition } = field.definition
    return { ...field, definition: { ...definition, required: true, readOnly: false } as Field }
  })
  return entityOf(entity.name, entity.definition.label, demanded)
}

function entityOf(name: string, label: Label, own: CompiledField[]): CompiledEntity {
  return {
    name,
    definition: { kind: 'entity', name, label, titleField: own[0]?.name ?? '', fields: own.map((field) => field.definition) },
    fields: new Map(own.map((field) => [field.name, field])),
    own,
    steps: [],
    rulesRead: new Set(),
    inputSchema: inputSchema(own),
  }
}
