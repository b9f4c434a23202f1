/** Flows as BPMN 2.0 files, for other tools to draw and for what they drew to come in. */
import { typesOf } from '../../runtime/engine'
import { check } from '../../schemas/expressions'
import { invalid, withMessages, type Problem } from '../../schemas/errors'
import type { Flow } from '../../schemas/generated/types'
import { fromBpmn } from '../bpmn/from-bpmn'
import { toBpmn } from '../bpmn/to-bpmn'
import type { Context } from './context'
import { readDrafts, requireStudio } from './definitions'
import { publishedFlow } from './simulate-flow'

/** The flow as it is published, or as it is drafted. */
export async function exportBpmn(ctx: Context, name: string, draft: boolean): Promise<string> {
  requireStudio(ctx)
  const drafted = draft ? (await readDrafts(ctx)).find((d) => d.kind === 'flow' && d.key === name && !d.removal) : undefined
  return toBpmn((drafted?.definition as Flow | undefined) ?? publishedFlow(ctx, name), ctx.language)
}

export interface BpmnImport { xml: string; /** What the file does not say; ours says it itself. */ name?: string | undefined; entity?: string | undefined }

/** A draft of a flow and what of the file has no counterpart. Nothing is kept: it is saved like any draft. 422 for what is no BPMN. */
export async function importBpmn(ctx: Context, { xml, name, entity }: BpmnImport): Promise<{ definition: Flow; notes: Problem[] }> {
  requireStudio(ctx)
  const { flow, notes } = await fromBpmn(xml, { name: name ?? 'importedFlow', entity })
  const definition = { ...flow, ...(name !== undefined && { name }), ...(entity !== undefined && { entity }) }
  if (definition.entity === '') throw invalid([{ path: '/entity', code: 'missingMember', params: { name: 'entity' } }])
  return { definition, notes: withMessages([...notes, ...conditionNotes(ctx, definition)], ctx.language) }
}

/** Conditions in another tool's words stay where they are, to be rewritten. */
function conditionNotes(ctx: Context, { entity: name, edges }: Flow): Problem[] {
  const entity = ctx.model.catalog.entities.get(name)
  if (!entity) return [{ path: '/entity', code: 'noSuchEntity', params: { name } }]
  return edges.flatMap((edge, i): Problem[] => {
    const problem = edge.when === undefined ? undefined : check(edge.when, typesOf(entity, ctx.model.catalog, { result: { kind: 'any' } })).problems[0]
    return problem === undefined ? [] : [{ path: `/edges/${i}/when`, code: 'bpmnCondition', params: { element: edge.id, name: edge.label?.en ?? edge.id, reason: edge.when } }]
  })
}
