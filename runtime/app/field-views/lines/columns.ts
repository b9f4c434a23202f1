import { useContext, useMemo, createContext } from 'react'
import { compileField } from '../../../engine/compile-field'
import type { CompiledEntity, CompiledField } from '../../../engine/model'
import type { LinesField } from '../../../../schemas/generated/types'
import type { Values } from '../../api/types'
import { viewOf } from '../index'

export type Row = Values & { id?: string }

/** The entity around a sub-table; its roll-ups over the rows become the totals under the columns. */
export const EntityContext = createContext<CompiledEntity | undefined>(undefined)

export function useColumns(field: LinesField): CompiledField[] {
  return useMemo(() => field.fields.filter((f) => f.hidden !== true).map((f) => compileField(f)), [field])
}

/** Column name → roll-up field that adds it up. */
export function useTotals(field: LinesField): Map<string, CompiledField> {
  const entity = useContext(EntityContext)
  return useMemo(() => new Map((entity?.own ?? []).flatMap((f) => totalOf(f, field.name))), [entity, field.name])
}

function totalOf(field: CompiledField, lines: string): [string, CompiledField][] {
  if (!('rollup' in field.definition) || field.definition.hidden) return []
  const { rollup } = field.definition
  return rollup.lines === lines && rollup.op === 'sum' && rollup.field ? [[rollup.field, field]] : []
}

export const alignOf = (column: CompiledField) => viewOf(column.effective).align
/** Columns of a sub-table stand closer than those of a list. */
export const widthOf = (column: CompiledField) => Math.round(viewOf(column.effective).width * 0.72)
