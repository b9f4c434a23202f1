import type { CompiledEntity, WireRecord } from '../../runtime/engine'
import type { WriteContext } from '../use-cases/context'

/** Gives a new record its numbers. A sequence belongs to the transaction, so no number is lost or given twice. */
export async function takeNumbers(ctx: WriteContext, entity: CompiledEntity, record: WireRecord) {
  for (const field of entity.own) {
    const parts = field.type.numbered?.(field.definition, ctx.clock.today())
    if (parts) record[field.name] = parts.write(await ctx.tx.nextSequence(`${entity.name}.${field.definition.uid}.${parts.sequence}`))
  }
}
