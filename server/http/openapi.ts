/** The description of the API, made from the published definitions: every entity this person may see, with its own schemas. */
import { Router } from 'express'
import { z } from 'zod'
import { inputSchema, outputSchema, fieldAccess, type CompiledEntity, type CompiledField } from '../../runtime/engine'
import type { JsonSchema } from '../../schemas/field-types/field-type'
import { departmentsOf, type Context } from '../use-cases/context'
import { handle, ok } from './handler'
import { aggregateBody, commentBody, submitBody } from './routes/records'
import { bpmnBody, bulkBody, decisionBody, migrationBody, migrationTrialBody, remarkBody, replayBody, trialBody } from './routes/flows'
import { absenceBody, handOverBody, viewBody, viewChanges } from './routes/session'
import { readBody } from './routes/notices'

export function openApiRoute(): Router {
  const router = Router()
  router.get('/openapi.json', handle(async (ctx) => ok(describe(ctx))))
  return router
}

interface Operation { summary: string; params?: JsonSchema[]; body?: JsonSchema; answer?: JsonSchema; status?: number; type?: string; answerType?: string }

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: JsonSchema, type = 'application/json') => ({ content: { [type]: { schema } } })
const query = (name: string, schema: JsonSchema, description: string): JsonSchema => ({ name, in: 'query', schema, description })
const header = (name: string, description: string): JsonSchema => ({ name, in: 'header', schema: { type: 'string' }, description })
const string: JsonSchema = { type: 'string' }
const anything: JsonSchema = {}
const bodySchema = (body: z.ZodType): JsonSchema => { const { $schema: _dialect, ...schema } = z.toJSONSchema(body, { io: 'input' }) as JsonSchema; return schema }
const aggregating = bodySchema(aggregateBody)
const idempotency = header('Idempotency-Key', 'The same key gives the same answer; the command happens once.')
const match = header('If-Match', 'Revision the change is based on: "7".')

export function describe(ctx: Context) {
  const entities = [...ctx.model.catalog.entities.values()].filter((e) => ctx.access.entity(e.name))
  const schemas: { [name: string]: JsonSchema } = { Problem: problem, FieldProblem: fieldProblem }
  const paths: { [path: string]: { [method: string]: unknown } } = {}
  const add = (path: string, method: string, operation: Operation) => { (paths[path] ??= {})[method] = operationOf(path, operation) }
  for (const entity of entities) {
    const { input, output } = visibleSchemas(ctx, entity)
    schemas[entity.name] = output
    schemas[`${entity.name}Input`] = input
    addEntity(ctx, entity, add)
  }
  addRest(add)
  return {
    openapi: '3.1.0',
    info: { title: 'Formwright', version: `release ${ctx.model.release}`, description: `The API as ${ctx.me.username} sees it (departments: ${departmentsOf(ctx).length}).` },
    servers: [{ url: '/api/v1' }],
    components: { schemas, securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'fw_session' } } },
    security: [{ session: [] }],
    paths,
  }
}

function visibleSchemas(ctx: Context, entity: CompiledEntity) {
  const right = (f: CompiledField) => fieldAccess(ctx.access.entity(entity.name), entity, f.name)
  const seen = [...entity.fields.values()].filter((f) => right(f) !== 'hidden')
  const written = [...entity.own, entity.fields.get('owner')!].filter((f) => right(f) === 'write' && !f.definition.readOnly)
  const output = outputSchema(seen)
  // What is masked is a text, whatever its type.
  Object.assign(output.properties as object, Object.fromEntries(seen.filter((f) => right(f) === 'mask').map((f) => [f.name, { type: ['string', 'null'] }])))
  return { input: inputSchema(written), output }
}

type Add = (path: string, method: string, operation: Operation) => void

const listParams = [
  query('filter', string, 'JSON: {"field", "op", "value"}, combined by and, or, not.'), query('sort', string, '-signedOn,name'), query('limit', { type: 'integer', minimum: 1, maximum: 500 }, 'Rows of a page; 50 unless given.'),
  query('cursor', string, 'nextCursor of the page before.'), query('page', { type: 'integer', minimum: 1 }, 'Instead of a cursor.'), query('fields', string, 'name,customer.name'), query('expand', string, 'customer,project.owner'),
  query('q', string, 'Words to search for.'), query('count', { enum: ['exact', 'none'] }, 'Whether to count.'), query('view', string, 'A published view or the id of one of my own, whose filter, sort and search words apply.'), query('titles', { type: 'boolean' }, 'Adds titles of referenced records.'),
]

function addEntity(ctx: Context, { name, definition }: CompiledEntity, add: Add) {
  const at = `/records/${name}`
  const label = definition.label.en
  const page: JsonSchema = { type: 'object', required: ['items', 'nextCursor'], properties: { items: { type: 'array', items: { type: 'object' } }, nextCursor: { type: ['string', 'null'] }, count: { type: 'integer' }, titles: { type: 'object' } } }
  add(at, 'get', { summary: `List: ${label}`, params: listParams, answer: page })
  add(at, 'post', { summary: `Create: ${label}`, params: [idempotency], body: ref(`${name}Input`), answer: ref(name), status: 201 })
  add(`${at}/aggregate`, 'post', { summary: `Aggregate: ${label}`, body: aggregating, answer: { type: 'object' } })
  add(`${at}/{id}`, 'get', { summary: `Read: ${label}`, params: [query('expand', string, 'customer,project.owner'), query('titles', { type: 'boolean' }, 'Adds $titles.')], answer: ref(name) })
  add(`${at}/{id}`, 'patch', { summary: `Change: ${label}`, params: [match], body: ref(`${name}Input`), answer: ref(name), type: 'application/merge-patch+json' })
  add(`${at}/{id}`, 'delete', { summary: `Delete: ${label}. 202 with {pendingDeletion} where it has to be approved.`, params: [match], status: 204 })
  const object: JsonSchema = { type: 'object' }
  const losers: JsonSchema = { type: 'array', items: string, minItems: 1, maxItems: 4 }
  add(`${at}/bin`, 'get', { summary: `Recycle bin: ${label}`, params: [query('limit', { type: 'integer', minimum: 1, maximum: 200 }, 'Records of a page; 50 unless given.'), query('cursor', string, 'nextCursor of the page before.')], answer: object })
  add(`${at}/duplicates`, 'get', { summary: `Groups of records alike: ${label}`, answer: object })
  add(`${at}/duplicates`, 'post', { summary: `Records alike, before saving: ${label}`, body: { type: 'object', required: ['values'], properties: { id: string, values: { type: 'object' } } }, answer: object })
  add(`${at}/merge`, 'post', { summary: `Merge records: ${label}`, params: [idempotency], body: { type: 'object', required: ['into', 'from'], properties: { into: string, from: losers, fields: { type: 'object', additionalProperties: string }, revs: { type: 'object', additionalProperties: { type: 'integer' } } } }, answer: object })
  add(`${at}/merge/preview`, 'post', { summary: `What a merge would move: ${label}`, body: { type: 'object', required: ['from'], properties: { from: losers } }, answer: object })
  add(`${at}/{id}/unmerge`, 'post', { summary: `Undo the last merge: ${label}`, params: [idempotency], answer: object })
  add(`${at}/{id}/purge`, 'post', { summary: `Remove for good from the bin: ${label}`, params: [idempotency], status: 204 })
  add(`${at}/{id}/restore`, 'post', { summary: `Restore: ${label}`, params: [idempotency], answer: ref(name) })
  const sharing: JsonSchema = { type: 'object', required: ['right'], properties: { user: string, department: string, right: { enum: ['read', 'write'] }, until: { type: ['string', 'null'], format: 'date' } } }
  add(`${at}/{id}/shares`, 'post', { summary: `Share: ${label}`, params: [idempotency], body: sharing, answer: { type: 'object' }, status: 201 })
  add(`${at}/{id}/shares/{share}`, 'delete', { summary: `Stop sharing: ${label}`, status: 204 })
  for (const part of ['shares', 'commands', 'flow-instances']) add(`${at}/{id}/${part}`, 'get', { summary: `${part}: ${label}`, answer: { type: 'object' } })
  for (const part of ['history', 'timeline']) add(`${at}/{id}/${part}`, 'get', { summary: `${part}: ${label}`, params: [query('field', string, 'Only events that changed this field.'), query('limit', { type: 'integer', minimum: 1, maximum: 500 }, 'Events; 100 unless given.')], answer: { type: 'object' } })
  add(`${at}/{id}/history/{entry}/restore`, 'post', { summary: `Put former values back: ${label}`, params: [idempotency, match], body: { type: 'object', properties: { fields: { type: 'array', items: string } } }, answer: ref(name) })
  if (definition.pipeline) add(`${at}/{id}/pipeline`, 'post', { summary: `Change over to another pipeline: ${label}`, params: [idempotency, match], body: { type: 'object', required: ['to'], properties: { to: string, stage: string, fields: { type: 'object' }, comment: { type: ['string', 'null'] } } }, answer: { type: 'object' } })
  if (definition.pipeline) add(`${at}/{id}/checklist/{item}`, 'put', { summary: `Tick off an item of the stage's checklist: ${label}`, body: { type: 'object', required: ['done'], properties: { done: { type: 'boolean' } } }, answer: { type: 'object' } })
  if (definition.pipeline) add(`${at}/{id}/stage`, 'post', { summary: `Move to a stage: ${label}`, params: [idempotency, match], body: { type: 'object', required: ['to'], properties: { to: string, fields: { type: 'object' }, comment: { type: ['string', 'null'] } } }, answer: { type: 'object' } })
  for (const action of ctx.model.catalog.actions.get(name) ?? []) add(`${at}/{id}/actions/${action.name}`, 'post', { summary: action.label.en, params: [idempotency, match], body: { type: 'object', properties: { input: { type: 'object' } } }, answer: { type: 'object' } })
  for (const flow of (ctx.model.catalog.flows.get(name) ?? []).filter((f) => ctx.access.entity(name)?.flows.has(f.name))) add(`${at}/{id}/flows/${flow.name}/preview`, 'get', { summary: `Who would be asked: ${flow.label.en}`, answer: object })
  for (const flow of ctx.model.catalog.flows.get(name) ?? []) add(`${at}/{id}/flows/${flow.name}`, 'post', { summary: `Submit: ${flow.label.en}`, params: [idempotency], body: bodySchema(submitBody), answer: { type: 'object' }, status: 201 })
}

function addRest(add: Add) {
  const object: JsonSchema = { type: 'object' }
  const newer: JsonSchema = { type: 'object', properties: { definitions: { type: 'array', items: object } } }
  const bundle: JsonSchema = { type: 'object', required: ['definitions'], properties: { definitions: { type: 'array', items: object }, removals: { type: 'array', items: string } } }
  add('/session', 'post', { summary: 'Sign in', body: { type: 'object', required: ['username', 'password'], properties: { username: string, password: string } }, answer: object })
  add('/session', 'delete', { summary: 'Sign out', status: 204 })
  add('/me', 'get', { summary: 'Who I am and what I may do', answer: object })
  add('/me', 'patch', { summary: 'Choose a language', body: { type: 'object', properties: { language: { enum: ['en', 'zh'] } } }, status: 204 })
  add('/me/password', 'post', { summary: 'Change my password', body: { type: 'object', required: ['current', 'password'], properties: { current: string, password: string } }, status: 204 })
  add('/me/preferences/{key}', 'put', { summary: 'Keep a preference', body: anything, status: 204 })
  add('/me/views', 'get', { summary: 'My views', params: [query('entity', string, 'Of one entity.')], answer: object })
  add('/me/views', 'post', { summary: 'Save a view of my own', params: [idempotency], body: bodySchema(viewBody), answer: object, status: 201 })
  add('/me/views/{id}', 'patch', { summary: 'Change a view of my own; null takes a member away', params: [match], body: bodySchema(viewChanges), answer: object })
  add('/me/views/{id}', 'delete', { summary: 'Delete a view of my own', status: 204 })
  add('/users/{id}/password', 'post', { summary: "Set a person's password", params: [idempotency], body: { type: 'object', required: ['password'], properties: { password: string } }, status: 204 })
  add('/users/{id}/hand-over', 'post', { summary: 'Give what waits for a person to another', params: [idempotency], body: bodySchema(handOverBody), answer: object })
  add('/files', 'post', { summary: 'Keep a file; attach its id to a record within a day', body: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } }, type: 'multipart/form-data', answer: fileInfo, status: 201 })
  add('/files/{id}', 'get', { summary: "A file's content", answer: { type: 'string', format: 'binary' }, answerType: '*/*' })
  add('/files/{id}/info', 'get', { summary: 'What is known of a file', answer: fileInfo })
  add('/tasks', 'get', { summary: 'Task inbox', params: [query('box', { enum: ['todo', 'done', 'started', 'cc', 'stuck'] }, 'Which box.'), query('limit', { type: 'integer' }, 'Rows.'), query('cursor', string, 'nextCursor')], answer: object })
  add('/tasks/{id}/decide', 'post', { summary: 'Decide a task, or give it to others', params: [idempotency], body: bodySchema(decisionBody), answer: object })
  add('/tasks/{id}/read', 'post', { summary: 'A copy was looked at', params: [idempotency], answer: object })
  add('/tasks/decide', 'post', { summary: 'The same decision for many tasks, a result each', params: [idempotency], body: bodySchema(bulkBody), answer: object })
  add('/flow-instances/{id}/urge', 'post', { summary: 'Urge those it waits for', params: [idempotency], body: bodySchema(commentBody), answer: object })
  add('/flow-instances/{id}/comment', 'post', { summary: 'Comment on an approval', params: [idempotency], body: bodySchema(remarkBody), answer: object })
  add('/people', 'get', { summary: 'Who works here, by name', params: [query('q', string, 'Part of a name.'), query('limit', { type: 'integer', minimum: 1, maximum: 100 }, '20 unless given.')], answer: object })
  add('/departments', 'get', { summary: 'Departments, by name', params: [query('q', string, 'Part of a name.'), query('limit', { type: 'integer', minimum: 1, maximum: 100 }, '20 unless given.')], answer: object })
  add('/me/out-of-office', 'get', { summary: 'My times out of office', answer: object })
  add('/me/out-of-office', 'post', { summary: 'Be out of office; a deputy decides', params: [idempotency], body: bodySchema(absenceBody), answer: object, status: 201 })
  add('/me/out-of-office/{id}', 'delete', { summary: 'Be back', status: 204 })
  add('/flow-instances/{id}', 'get', { summary: 'An approval', answer: object })
  add('/flow-instances/stuck', 'get', { summary: 'Approvals that cannot go on by themselves; for administrators', answer: object })
  for (const [verb, summary] of Object.entries({ resubmit: 'Submit again what was sent back', retry: 'Try again what stands still', terminate: 'End an approval', reassign: 'Give an open task to somebody else: {task, to}', jump: 'Move a token to another node: {token, to}' })) {
    add(`/flow-instances/{id}/${verb}`, 'post', { summary, params: [idempotency], body: object, answer: object })
  }
  add('/flow-instances/{id}/withdraw', 'post', { summary: 'Withdraw a submission', params: [idempotency], body: { type: 'object', properties: { comment: { type: ['string', 'null'] } } }, answer: object })
  add('/flows/{name}/insight', 'get', { summary: 'How long its nodes take, what they reject, what is overdue and open', params: [query('from', { type: 'string', format: 'date' }, 'First day; 90 days ago unless given.'), query('to', { type: 'string', format: 'date' }, 'Last day; today unless given.')], answer: object })
  add('/flows/{name}/replay', 'post', { summary: 'A draft run against the finished approvals of a period; writes nothing', body: bodySchema(replayBody), answer: object })
  add('/flows/{name}/bpmn', 'get', { summary: 'A flow as a BPMN 2.0 file', params: [query('draft', { type: 'boolean' }, 'As it is drafted.')], answer: string, answerType: 'application/xml' })
  add('/flows/bpmn', 'post', { summary: 'A BPMN 2.0 file as a draft, with what of it has no counterpart; keeps nothing', body: bodySchema(bpmnBody), answer: object })
  add('/flows/{name}/migrate/preview', 'post', { summary: 'Where running approvals would go in a newer version of their flow; writes nothing', body: bodySchema(migrationTrialBody), answer: object })
  add('/flows/{name}/migrate', 'post', { summary: 'Bring running approvals to a newer version of their flow, a result each', params: [idempotency], body: bodySchema(migrationBody), answer: object })
  add('/flows/{name}/simulate', 'post', { summary: 'Where a flow would go and who would be asked; writes nothing', body: bodySchema(trialBody), answer: object })
  add('/notices', 'get', { summary: 'What I am told, newest first', params: [query('unread', { type: 'boolean' }, 'Only what is not read.'), query('limit', { type: 'integer' }, 'Rows.')], answer: object })
  add('/notices/read', 'post', { summary: 'Mark notices as read', params: [idempotency], body: bodySchema(readBody), status: 204 })
  add('/outbox', 'get', { summary: 'What the world outside is told', params: [query('status', { enum: ['waiting', 'done', 'dead'] }, 'dead unless given.'), query('limit', { type: 'integer' }, 'Rows.')], answer: object })
  add('/outbox/{id}/replay', 'post', { summary: 'Send again what was given up', params: [idempotency], status: 204 })
  add('/definitions', 'get', { summary: 'Published definitions', params: [query('written', { type: 'boolean' }, 'As they were published, former names of fields included (studio).')], answer: object })
  add('/definitions/drafts', 'get', { summary: 'Drafts', answer: object })
  add('/definitions/drafts/impact', 'get', { summary: 'What the drafts touch', answer: object })
  add('/definitions/access', 'get', { summary: 'Who may see and do what: a role, a person, or all roles', params: [query('role', string, 'A role.'), query('person', string, 'A person, by user name or id.'), query('entity', string, 'Of one entity.'), query('drafts', { type: 'boolean' }, 'As if the drafts were published.')], answer: object })
  add('/definitions/drafts/access', 'get', { summary: 'What each role gains and loses by the drafts, and the records that its people would no longer see', answer: object })
  add('/definitions/validate', 'post', { summary: 'Check published and drafted definitions as a whole', body: object, answer: object })
  add('/definitions/{kind}/{key}', 'get', { summary: 'A definition and its draft', params: [query('version', { type: 'integer' }, 'An older version.')], answer: object })
  add('/definitions/{kind}/{key}', 'put', { summary: 'Save a draft', params: [match], body: object, answer: object })
  add('/definitions/{kind}/{key}', 'delete', { summary: 'Discard a draft', params: [match], status: 204 })
  add('/definitions/{kind}/{key}/removal', 'post', { summary: 'Draft that a definition is taken away', params: [idempotency, match], answer: object })
  add('/definitions/{kind}/{key}/versions', 'get', { summary: 'All versions of a definition', answer: object })
  add('/definitions/{kind}/{key}/differences', 'get', { summary: 'What changed between two versions', params: [query('from', { type: 'integer' }, 'A version; that in force unless given.'), query('to', string, 'A version, or draft.')], answer: object })
  add('/definitions/{kind}/{key}/rollback', 'post', { summary: 'Draft the contents of a former version', params: [idempotency, match], body: { type: 'object', required: ['version'], properties: { version: { type: 'integer' } } }, answer: object })
  add('/definitions/{kind}/{key}/where-used', 'get', { summary: 'Every place that relies on it', params: [query('field', string, 'A field of the entity.')], answer: object })
  add('/releases/{number}/rollback', 'post', { summary: 'Undo a release by a new one', params: [idempotency], body: { type: 'object', properties: { decisions: object } }, answer: object, status: 201 })
  add('/data-changes', 'get', { summary: 'What releases do to records, with progress', answer: object })
  add('/trash', 'get', { summary: 'Fields and definitions that were taken away', answer: object })
  add('/trash/{id}/restore', 'post', { summary: 'Draft that it comes back', params: [idempotency], answer: object })
  add('/trash/{id}/purge', 'post', { summary: 'Forget it and its values for good', params: [idempotency], status: 204 })
  add('/bundles', 'get', { summary: 'Definitions as a bundle', params: [query('items', string, 'entity:project,view:mine; everything unless given.')], answer: object })
  add('/bundles', 'post', { summary: 'Publish what differs of a bundle; removes what removals names', params: [idempotency], body: bundle, answer: object, status: 201 })
  add('/bundles/preview', 'post', { summary: 'What a bundle would change', body: bundle, answer: object })
  add('/template', 'get', { summary: 'The template: its version, what was changed of it, what a newer one offers', answer: object })
  add('/template/upgrade/preview', 'post', { summary: 'What a newer version of the template would change', body: newer, answer: object })
  add('/template/upgrade', 'post', { summary: 'Draft the upgrade', params: [idempotency], body: newer, answer: object })
  add('/template/upgrade', 'delete', { summary: 'Give the upgrade up', status: 204 })
  add('/template/upgrade/settle', 'post', { summary: 'Settle a conflict', params: [idempotency], body: { type: 'object', required: ['id', 'choice'], properties: { id: string, choice: { enum: ['theirs', 'yours', 'edited'] } } }, answer: object })
  add('/template/parked/{id}', 'delete', { summary: 'Forget a parked change', status: 204 })
  add('/template/parked/{id}/retarget', 'post', { summary: 'Draft a parked change on another target', params: [idempotency], body: { type: 'object', required: ['target'], properties: { target: string } }, status: 204 })
  add('/releases', 'get', { summary: 'Releases', answer: object })
  add('/releases', 'post', { summary: 'Publish all drafts', params: [idempotency], body: { type: 'object', properties: { hash: string, decisions: object } }, answer: object, status: 201 })
  add('/health/live', 'get', { summary: 'The process runs', answer: object })
  add('/health/ready', 'get', { summary: 'The process serves', answer: object })
}

function operationOf(path: string, { summary, params = [], body, answer, status = 200, type, answerType }: Operation) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: string }))
  return {
    summary,
    parameters: [...inPath, ...params],
    ...(body && { requestBody: { required: true, ...json(body, type) } }),
    responses: { [status]: { description: answer ? 'Done' : 'Done, no content', ...(answer && json(answer, answerType)) }, default: { description: 'A problem (RFC 9457)', ...json(ref('Problem'), 'application/problem+json') } },
  }
}

const fileInfo: JsonSchema = { type: 'object', required: ['id', 'name', 'type', 'size', 'sha256', 'uploadedBy', 'at'], properties: { id: string, name: string, type: string, size: { type: 'integer' }, sha256: string, uploadedBy: string, at: string } }
const fieldProblem: JsonSchema = { type: 'object', required: ['path', 'code', 'message'], properties: { path: { type: 'string', description: 'JSON pointer.' }, code: string, message: string, params: { type: 'object' } } }
const problem: JsonSchema = {
  type: 'object', required: ['type', 'title', 'status', 'code', 'detail', 'problems', 'requestId'],
  properties: { type: string, title: string, status: { type: 'integer' }, code: string, detail: string, problems: { type: 'array', items: ref('FieldProblem') }, requestId: string, current: {} },
}
