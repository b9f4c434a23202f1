import type { Field } from '../../../schemas/generated/types'
import { looseEntity } from '../../engine/loose-entity'
import type { CompiledEntity, CompiledField } from '../../engine/model'

export { entityOfFields } from '../../engine/loose-entity'

/** Some fields of an entity, all demanded, whatever the entity's rules say of when they are shown. */
export function entityOfDemanded(entity: CompiledEntity, names: string[]): CompiledEntity {
  const fields = names.flatMap((name) => entity.fields.get(name) ?? [])
  const demanded = fields.map((field): CompiledField => {
    const { visibleWhen: _visible, requiredWhen: _required, readOnlyWhen: _locked, ...definition } = field.definition
    return { ...field, definition: { ...definition, required: true, readOnly: false } as Field }
  })
  return looseEntity(entity.name, entity.definition.label, demanded)
}
