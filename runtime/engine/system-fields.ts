/** The fields every record has beside its own; written by the engine. */
import type { Entity, Field } from '../../schemas/generated/types'
import { systemEntities } from '../../schemas/system'

export const systemFields: Field[] = [
  { name: 'owner', type: 'user', label: { en: 'Owner', zh: '负责人' } },
  { name: 'ownerDept', type: 'reference', entity: systemEntities.department, label: { en: 'Department', zh: '所属部门' }, readOnly: true },
  { name: 'createdAt', type: 'dateTime', label: { en: 'Created', zh: '创建时间' }, readOnly: true },
  { name: 'createdBy', type: 'user', label: { en: 'Created by', zh: '创建人' }, readOnly: true },
  { name: 'updatedAt', type: 'dateTime', label: { en: 'Changed', zh: '更新时间' }, readOnly: true },
  { name: 'updatedBy', type: 'user', label: { en: 'Changed by', zh: '更新人' }, readOnly: true },
  { name: 'deletedAt', type: 'dateTime', label: { en: 'Deleted', zh: '删除时间' }, readOnly: true, hidden: true },
]

/** By which version of its pipeline a record goes that entered while the pipeline was pinned. */
export const versionField = 'pipelineVersion'
const pipelineVersion: Field = { name: versionField, type: 'integer', label: { en: 'Sales mode version', zh: '销售模式版本' }, readOnly: true }

/** Those of records of an entity. */
export const systemFieldsOf = ({ pipeline }: Entity): Field[] => (pipeline ? [...systemFields, pipelineVersion] : systemFields)

/** Names that mean something to JavaScript objects. */
export const objectNames = new Set(['constructor', 'prototype', '__proto__', 'hasOwnProperty', 'toString', 'valueOf', 'toLocaleString', 'isPrototypeOf', 'propertyIsEnumerable'])

const systemNames = [...systemFields, pipelineVersion].map((f) => f.name)

/** Columns that every record has, in small letters, and names that are no good for one. */
export const reservedColumns = new Set(['id', 'rev', ...systemNames, ...objectNames].map((name) => name.toLowerCase()))
/** The same for rows: whose they are and in which order. */
export const reservedInRows = new Set(['id', 'parent', 'position', '__proto__'])

/** Names no field may take: system fields, variables of expressions, and what means something to JavaScript. */
export const reservedNames = new Set([
  'id', 'rev', ...systemNames, 'me', 'today', 'input', 'item', 'index', 'titles', ...objectNames,
])
