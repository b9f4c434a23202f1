import type { DepartmentField } from '../../generated/types'
import type { FieldType } from '../field-type'
import { systemEntities } from '../../system'
import { choiceOps, textForms } from '../behaviour'

/** A reference to the system's own entity of departments; a type of its own because scopes and `myDepartment` speak of them. */
export const department: FieldType<DepartmentField> = {
  ...textForms,
  operators: [...choiceOps, 'myDepartment'],
  expressionType: () => ({ kind: 'reference', entity: systemEntities.department }),
  valueSchema: () => ({ type: 'string', minLength: 1, maxLength: 64 }),
  refersTo: () => systemEntities.department,
  format: (value, _field, context) => (value === null || value === undefined ? '' : (context.title?.(value as string) ?? '—')),
}
