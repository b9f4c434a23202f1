import { fieldTypes } from '../../../schemas/field-types'
import type { DepartmentField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { RecordSelect } from './inputs/RecordSelect'
import { RecordLink } from './RecordLink'

const departments = (field: DepartmentField) => fieldTypes.department.refersTo!(field)

const Show = ({ field, value }: ShowProps<DepartmentField>) => (value ? <RecordLink entity={departments(field)} id={value as string} /> : null)
const Input = (props: InputProps<DepartmentField>) => <RecordSelect {...props} entity={departments(props.field)} />
const Many = (props: InputProps<DepartmentField>) => <RecordSelect {...props} entity={departments(props.field)} multiple />

export const department: FieldView<DepartmentField> = { Show, Input, Many, quick: 'in', width: 140 }
