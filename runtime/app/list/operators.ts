import type { FilterOp } from '../../../schemas/field-types/field-type'
import type { CompiledField } from '../../engine/model'
import { viewOf } from '../field-views'
import type { TextKey } from '../i18n'
import { arityOf } from './conditions'

/** Operators of the field's type that its look has an input for. */
export function operatorsOf(field: CompiledField): readonly FilterOp[] {
  const view = viewOf(field.effective)
  return field.effectiveType.operators.filter((op) => arityOf(op) !== 'many' || view.Many !== undefined)
}

export const operatorNames: Record<FilterOp, TextKey> = {
  eq: 'op.eq', ne: 'op.ne', lt: 'op.lt', lte: 'op.lte', gt: 'op.gt', gte: 'op.gte', in: 'op.in', nin: 'op.nin', contains: 'op.contains',
  startsWith: 'op.startsWith', between: 'op.between', empty: 'op.empty', notEmpty: 'op.notEmpty', withinDays: 'op.withinDays', within: 'op.within', me: 'op.me',
  myDepartment: 'op.myDepartment',
}
