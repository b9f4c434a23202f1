import type { ComponentType } from 'react'
import { viewOf, type FieldView, type InputProps } from '../../../runtime/app/field-views'
import type { CompiledField } from '../../../runtime/engine/model'
import type { Comparison, Field } from '../../../schemas/generated/types'
import type { Path } from '../../editor/path'
import { useText } from '../../i18n'
import { useDraftCatalog } from '../../workspace/hooks'
import { entityAround } from '../names'
import { usePlace } from '../PanelContext'
import { JsonInput } from './JsonInput'
import { useScopeAt } from './names'

/** How many values an operator compares with. */
const arity: Readonly<Partial<Record<Comparison['op'], 'none' | 'many' | 'plain'>>> = {
  me: 'none', myDepartment: 'none', empty: 'none', notEmpty: 'none', in: 'many', nin: 'many', between: 'plain', withinDays: 'plain',
}

/** The value of a comparison, typed as the field itself is where it can be. */
export function ComparisonValue({ path, comparison }: { path: Path; comparison: Comparison }) {
  const { value, type } = usePlace([...path, 'value'])
  const field = useFieldAt(path, comparison.field)
  const t = useText()
  const kind = arity[comparison.op]
  if (kind === 'none') return <span />
  const Input = field && inputOf(viewOf(field), comparison.op, kind)
  if (!field || !Input) return <JsonInput control={{ kind: 'any', place: 'Comparison.value' }} path={[...path, 'value']} id="" label={t('filter.value')} />
  return <Input id="" field={field} label={t('filter.value')} value={value ?? null} onChange={(v) => type(v ?? undefined)} />
}

function inputOf(view: FieldView, op: Comparison['op'], kind: 'many' | 'plain' | undefined): ComponentType<InputProps> | undefined {
  if (kind === 'plain') return undefined
  return kind === 'many' ? view.Many : (view.operands?.[op] ?? view.Choice ?? view.Input)
}

/** The field a path leads to. */
function useFieldAt(path: Path, fieldPath: string): Field | undefined {
  const scope = useScopeAt(path)
  const catalog = useDraftCatalog()
  let entity: string | undefined = entityAround(scope)
  let field: Field | undefined
  for (const name of fieldPath.split('.')) {
    const compiled: CompiledField | undefined = catalog.entities.get(entity ?? '')?.fields.get(name)
    field = compiled?.effective
    entity = compiled?.refersTo
  }
  return field
}
