import type { CompiledField } from '../../engine/model'
import { isEmpty } from '../../engine/write-record'
import type { Values } from '../api'
import { changeValues, type FormModel } from './form-model'

/** Enter in the last row adds one: rows nothing was typed into are no rows. */
export function dropEmptyRows(model: FormModel): void {
  const { rules: { entity }, value } = model.getState()
  const changes: Values = {}
  for (const { name, rows: columns } of entity.own) {
    const rows = value[name] as Values[] | null | undefined
    const kept = columns && rows?.filter((row) => !isUntouched(row, columns))
    if (kept && kept.length < rows!.length) changes[name] = kept
  }
  if (Object.keys(changes).length > 0) changeValues(model, changes)
}

const isUntouched = (row: Values, columns: CompiledField[]): boolean =>
  columns.every(({ name, computed, definition }) => computed || isEmpty(row[name]) || row[name] === definition.default)
