/**
 * What a person brings along where the engine's rights do the writing: an action's input, fields of a stage, fields of a decision. The
 * records and files it names must be such as the person may see, like those of a record one saves oneself.
 */
import type { CompiledEntity, WireRecord } from '../../runtime/engine'
import { invalid } from '../../schemas/errors'
import type { Context } from '../use-cases/context'
import { fileProblems } from './files'
import { referenceProblems } from './references'

/** 422 with every problem, each at `under` and its field. What `before` names already is not judged. */
export async function refuseUnseen(ctx: Context, entity: CompiledEntity, brought: WireRecord, before: WireRecord | undefined, under = ''): Promise<void> {
  const problems = [...(await referenceProblems(ctx, entity, brought, before, true)), ...(await fileProblems(ctx, entity, brought, before, true))]
  if (problems.length > 0) throw invalid(problems.map((p) => ({ ...p, path: under + p.path })))
}
