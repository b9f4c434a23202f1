import { useQueries } from '@tanstack/react-query'
import { fieldTypeOf } from '../../../schemas/field-types'
import type { Field } from '../../../schemas/generated/types'

/** Asks for what the types of the fields must know (`load`) and renders again when it is there. */
export function useLoaded(...fields: Field[]): boolean {
  const types = new Map(fields.flatMap((field) => { const { load } = fieldTypeOf(field); return load ? [[field.type, load] as const] : [] }))
  const loads = useQueries({ queries: [...types].map(([name, load]) => ({ queryKey: ['field-type', name], queryFn: () => load().then(() => true), staleTime: Infinity, gcTime: Infinity })) })
  return loads.every(({ data }) => data === true)
}
