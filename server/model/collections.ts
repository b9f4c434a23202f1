/** The server's own collections. Records of entities have theirs in `tables.ts`. */
import type { Collection, Column } from '../ports/store'

const text = (...names: string[]): Column[] => names.map((name) => ({ name, column: name, kind: 'text' }))
const int = (...names: string[]): Column[] => names.map((name) => ({ name, column: name, kind: 'int' }))
const bool = (...names: string[]): Column[] => names.map((name) => ({ name, column: name, kind: 'bool' }))
const json = (...names: string[]): Column[] => names.map((name) => ({ name, column: name, kind: 'json' }))
const collection = (name: string, columns: Column[], indexes: Collection['indexes'] = []): Collection => ({ name, columns, indexes })

export const collections = {
  /** Every published version of every definition; `current` marks the ones in force. */
  definition: collection('s_definition', [...text('kind', 'key', 'hash', 'release'), ...int('version'), ...bool('current', 'removed'), ...json('body')],
    [{ columns: ['kind', 'key', 'version'], unique: true }, { columns: ['current'] }]),
  /** Id is kind:key. `base` is the version the draft was begun from, 0 for a new document; `removal`: publishing it takes the definition away. */
  draft: collection('s_draft', [...text('kind', 'key', 'updatedAt', 'updatedBy'), ...int('base'), ...bool('removal'), ...json('body')]),
  /** The template's own documents and the engine's, which customizations are measured against. Id is kind:key. */
  base: collection('s_base', [...text('kind', 'key'), ...json('body')]),
  /** A newer version of the template. Id: offered, until it is taken up; pending, until it is published or given up. */
  upgrade: collection('s_upgrade', [...text('name', 'version', 'at', 'by'), ...json('documents', 'conflicts', 'orphans')]),
  /** Changes of a customization whose target an upgrade took away. */
  parked: collection('s_parked', [...text('kind', 'key', 'version', 'at'), ...json('operation')]),
  /** What the base was before a release that moved it, and the parked changes that went with that; id is the release's number. */
  formerBase: collection('s_former_base', json('documents', 'parked')),
  release: collection('s_release', [...int('number'), ...text('at', 'by'), ...json('items')], [{ columns: ['number'], unique: true }]),
  /** What a release still has to do to the records, a batch at a time; `last` is the id it has come to. Taken up again at every start. `publication`: what is published once fields have got another form. */
  dataChange: collection('s_data_change', [...text('kind', 'entity', 'status', 'at', 'by', 'last'), ...int('release', 'total', 'done'), ...json('params', 'problems', 'publication')], [{ columns: ['status'] }, { columns: ['release'] }]),
  /** Fields and definitions that a release took away; their values stay until they are purged. `status`: kept, restored, purged. */
  trash: collection('s_trash', [...text('kind', 'key', 'uid', 'status', 'at', 'by', 'until', 'doneAt', 'doneBy'), ...json('body')], [{ columns: ['status', 'at'] }]),
  /** Password hashes by user id; nothing else reads them. */
  credential: collection('s_credential', text('hash')),
  /** Id is the SHA-256 of the cookie's token, so that the store holds nothing one could sign in with. */
  session: collection('s_session', text('user', 'csrf', 'createdAt', 'expiresAt'), [{ columns: ['user'] }]),
  /** Id is user:key. */
  preference: collection('s_preference', [...text('user', 'key'), ...json('value')], [{ columns: ['user'] }]),
  /** Views that people keep for themselves. `body`: filter, sort, columns, search words, as they were saved; what of it still applies is found out on reading. */
  personalView: collection('s_personal_view', [...text('user', 'entity', 'name', 'createdAt'), ...bool('default'), ...json('body')], [{ columns: ['user', 'entity'] }]),
  /** What happened to records: created, changed, moved, decided. `changes` is field-level. */
  history: collection('s_history', [...text('entity', 'record', 'at', 'by', 'path', 'origin', 'kind'), ...int('recordRev'), ...json('changes', 'data')], [{ columns: ['record', 'at'] }]),
  /** Approvals. `state` is the interpreter's; `purpose` says what the approval is for when it is not for itself (a stage). */
  instance: collection('s_instance', [...text('flow', 'entity', 'record', 'title', 'status', 'initiator', 'startedAt', 'endedAt', 'release', 'hash', 'parent'), ...int('version'), ...json('state', 'purpose', 'trail', 'pins', 'calledBy')],
    [{ columns: ['record', 'status'] }, { columns: ['initiator', 'startedAt'] }, { columns: ['flow', 'startedAt'] }, { columns: ['parent'] }, { columns: ['status'] }]),
  /** `status` copy: for information. `principal`, `proxy`: in whose place, by which out-of-office entry. `via`, `givenBy`: how it came to the assignee. */
  task: collection('s_task', [...text('key', 'instance', 'flow', 'node', 'entity', 'record', 'title', 'assignee', 'principal', 'proxy', 'via', 'givenBy', 'initiator', 'status', 'createdAt', 'decidedAt', 'decidedBy', 'comment', 'readAt'), ...int('round')],
    [{ columns: ['assignee', 'status', 'createdAt'] }, { columns: ['record', 'assignee'] }, { columns: ['instance'] }, { columns: ['flow', 'createdAt'] }]),
  /** Who is out of office, from and up to a day, and who stands in; `flows`: in these only. */
  outOfOffice: collection('s_out_of_office', [...text('person', 'deputy', 'from', 'until', 'createdAt'), ...json('flows')], [{ columns: ['until'] }, { columns: ['person'] }]),
  /** Items of stages' checklists that are done; `place` is pipeline.stage. Id is record.place.item. */
  check: collection('s_check', text('entity', 'record', 'place', 'item', 'at', 'by'), [{ columns: ['record', 'place'] }]),
  /** One record shared with a person or a department (`kind`), to read or to write, up to a day or for good. */
  share: collection('s_share', text('entity', 'record', 'kind', 'grantee', 'right', 'until', 'by', 'at'), [{ columns: ['record', 'grantee'], unique: true }, { columns: ['grantee', 'entity'] }]),
  /** One document in a database that processes share: `state` is begun or done. */
  installation: collection('s_installation', text('state', 'at')),
  /** Records merged into another: what changed in the winner, and every reference and pointer that was moved, so that it can be undone. */
  merge: collection('s_merge', [...text('entity', 'winner', 'at', 'by', 'status', 'undoneAt', 'undoneBy'), ...json('losers', 'changes', 'moves', 'pointers')], [{ columns: ['winner', 'at'] }]),
  /** What is known of stored files; their contents are behind the port. `state`: kept, going, gone. `unattachedSince`: no record holds it since then. */
  file: collection('s_file', [...text('name', 'type', 'sha256', 'uploadedBy', 'at', 'state', 'unattachedSince'), ...int('size')], [{ columns: ['unattachedSince'] }, { columns: ['state'] }]),
  /** Which record holds which file in which field, by the field's uid. */
  attachment: collection('s_attachment', text('file', 'entity', 'record', 'field'), [{ columns: ['file'] }, { columns: ['record'] }, { columns: ['entity', 'field'] }]),
  /** What is to happen at a moment (`at`); `nextTry` is when a worker looks next: it is later while one has it, or after a failure. `status`: waiting, failed. */
  timer: collection('s_timer', [...text('kind', 'at', 'nextTry', 'status', 'lastError'), ...int('attempts'), ...json('params')], [{ columns: ['status', 'nextTry'] }]),
  /** What is to be told to the world outside, written by the commit that causes it. `status`: waiting, done, dead. `listener`: who is told what became of it. */
  outbox: collection('s_outbox', [...text('kind', 'status', 'onError', 'createdAt', 'nextTry', 'doneAt', 'lastError'), ...int('attempts'), ...json('params', 'listener', 'answer')], [{ columns: ['status', 'nextTry'] }, { columns: ['status', 'createdAt'] }]),
  /** What one person is told; id is that of the occasion and the person's. */
  notice: collection('s_notice', [...text('user', 'kind', 'entity', 'record', 'instance', 'task', 'at', 'readAt'), ...json('params')], [{ columns: ['user', 'at'] }, { columns: ['user', 'readAt'] }]),
  /** That something changed for a person; id is user:topic, `rev` counts. */
  change: collection('s_change', text('user', 'topic', 'at'), [{ columns: ['at'] }]),
  /** Links of letters by which a task can be decided once; id is the SHA-256 of the token. */
  decideLink: collection('s_decide_link', text('task', 'user', 'createdAt', 'expiresAt', 'usedAt')),
  /** Answers to POSTs by Idempotency-Key. */
  idempotency: collection('s_idempotency', [...text('fingerprint', 'at'), ...int('status'), ...json('body', 'headers')]),
} satisfies Record<string, Collection>
