/**
 * What the studio works on: the published definitions with the drafts over them, one history of commands, and what became of
 * saving. Outside React, so that nothing is lost when a screen goes.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { isProblem } from '../../runtime/app/api'
import type { Definition } from '../../schemas/generated/types'
import { discardDraft, saveDraft, type Draft } from '../api/studio-api'
import { Autosave, type SaveState } from '../editor/autosave'
import { change, type Change, type Command } from '../editor/command'
import type { CommandText } from '../editor/command-text'
import { documentId, idOf, type DocumentId, type Documents } from '../editor/documents'
import { begin, redo, run, undo, type History } from '../editor/history'
import { same } from '../editor/same'
import { forgetUnsaved, rememberUnsaved, rememberedUnsaved } from './backup'

export interface DraftInfo { updatedAt: string; updatedBy: string; rev: number; removal?: boolean }
export interface ServerState { release: number; definitions: Definition[]; drafts: Draft[] }

export interface WorkspaceState {
  release: number
  published: Documents
  drafts: Readonly<Record<DocumentId, DraftInfo | undefined>>
  history: History
  saving: SaveState
  /** Counts the times that other people's changes were taken over, which ends what can be undone. */
  takenOver: number
}

export interface Workspace extends StoreApi<WorkspaceState> {
  /** One edit of one or several documents. `typing` names the place that is being typed into. */
  edit(text: CommandText, changes: Readonly<Record<DocumentId, Change>>, typing?: string): void
  /** One edit of one document. */
  editOne(id: DocumentId, text: CommandText, become: Change, typing?: string): void
  execute(command: Command): void
  undo(): Command | undefined
  redo(): Command | undefined
  /** Saves now. Rejects when something could not be saved. */
  flush(): Promise<void>
  /** Takes over what the server has now. Unsaved documents stay as they are here. `own`: only we changed it, by publishing. */
  refresh(server: ServerState, own?: boolean): void
  /** Saves what is unsaved over what others saved meanwhile. */
  overwrite(server: ServerState): Promise<void>
  /** Gives up what is unsaved here for what others saved; can be undone. */
  takeTheirs(server: ServerState): void
  unsaved(): DocumentId[]
  /** How often something was sent to the server. */
  writes(): number
  stop(): void
}

/** Typing that pauses for longer begins a new step to undo. */
const typingPause = 1_500

export function createWorkspace(server: ServerState, me: string): Workspace {
  const first = layered(server)
  const store = createStore<WorkspaceState>(() => ({
    release: server.release, ...first, history: begin(first.documents), saving: { kind: 'saved' }, takenOver: 0,
  }))
  const documents = () => store.getState().history.documents
  /** Revisions of the drafts as we know them: what somebody else saved meanwhile is not overwritten unknowingly. */
  const revs = new Map(server.drafts.map((d) => [documentId(d.kind, d.key), d.rev]))
  const autosave = new Autosave({
    target: {
      save: async (id, document) => { revs.set(id, (await saveDraft(id, document, revs.get(id) ?? 0)).rev) },
      discard: async (id) => { await discardQuietly(id, revs.get(id)); revs.delete(id) },
    },
    published: () => store.getState().published,
    documents,
    onState: (saving) => store.setState({ saving }),
    onDraft: (id, exists) => noteDraft(store, id, exists ? { updatedAt: new Date().toISOString(), updatedBy: me, rev: revs.get(id) ?? 0 } : undefined),
  }, first.documents)
  const typing = typingSessions()

  const set = (history: History) => {
    if (history === store.getState().history) return
    store.setState({ history })
    rememberUnsaved(me, Object.fromEntries(autosave.unsaved().map((id) => [id, history.documents[id] ?? null])))
    autosave.changed()
  }
  const step = (list: 'done' | 'undone', move: (h: History) => History) => {
    const { history } = store.getState()
    typing.end()
    set(move(history))
    return history[list].at(-1)
  }
  store.subscribe(({ saving }) => { if (saving.kind === 'saved' && autosave.unsaved().length === 0) forgetUnsaved(me) })

  const workspace: Workspace = {
    ...store,
    edit: (text, changes, place) => workspace.execute(change(documents(), text, changes, typing.session(place))),
    editOne: (id, text, become, place) => workspace.edit(text, { [id]: become }, place),
    execute: (command) => set(run(store.getState().history, command)),
    undo: () => step('done', undo),
    redo: () => step('undone', redo),
    flush: () => autosave.flush(),
    refresh: (next, own = false) => {
      // An unsaved document keeps the revision it was begun from.
      const unsaved = new Set(autosave.unsaved())
      const ids = new Set([...revs.keys(), ...next.drafts.map((d) => documentId(d.kind, d.key))])
      for (const id of ids) if (!unsaved.has(id)) adopt(revs, id, next)
      takeOver(store, autosave, next, own)
    },
    overwrite: (next) => {
      for (const id of autosave.unsaved()) adopt(revs, id, next)
      return autosave.flush()
    },
    takeTheirs: (next) => {
      const theirs = layered(next).documents
      const unsaved = autosave.unsaved()
      for (const id of unsaved) adopt(revs, id, next)
      autosave.rebase({ ...documents(), ...Object.fromEntries(unsaved.map((id) => [id, theirs[id]])) })
      set(run(store.getState().history, change(documents(), { key: 'do.takeTheirs' }, Object.fromEntries(unsaved.map((id) => [id, () => theirs[id]])))))
      takeOver(store, autosave, next, false)
    },
    unsaved: () => autosave.unsaved(),
    writes: () => autosave.writes,
    stop: () => autosave.stop(),
  }
  restore(workspace, me)
  return workspace
}

function adopt(revs: Map<DocumentId, number>, id: DocumentId, { drafts }: ServerState): void {
  const draft = drafts.find((d) => documentId(d.kind, d.key) === id)
  if (draft) revs.set(id, draft.rev)
  else revs.delete(id)
}

/** Published definitions with the drafts over them. What is to be taken away stays as it is until then. */
function layered({ definitions, drafts }: ServerState) {
  const published: Documents = Object.fromEntries(definitions.map((d) => [idOf(d), d]))
  const own = drafts.map((d) => [documentId(d.kind, d.key), d] as const)
  return {
    published,
    documents: { ...published, ...Object.fromEntries(own.map(([id, d]) => [id, d.definition])) } as Documents,
    drafts: Object.fromEntries(own.map(([id, { updatedAt, updatedBy, rev, removal }]) => [id, { updatedAt, updatedBy, rev, ...(removal && { removal }) }])) as WorkspaceState['drafts'],
  }
}

function takeOver(store: StoreApi<WorkspaceState>, autosave: Autosave, server: ServerState, own: boolean): void {
  const { published, documents, drafts } = layered(server)
  const { history, takenOver } = store.getState()
  const unsaved = new Set(autosave.unsaved())
  const now = history.documents
  const ids = [...new Set([...Object.keys(documents), ...Object.keys(now)])] as DocumentId[]
  // The object we have stays where nothing changed: identity is how change is noticed.
  const next = Object.fromEntries(ids.map((id) => [id, unsaved.has(id) || same(now[id], documents[id]) ? now[id] : documents[id]])) as Documents
  autosave.rebase(Object.fromEntries(ids.map((id) => [id, same(next[id], documents[id]) ? next[id] : documents[id]])) as Documents)
  const untouched = ids.every((id) => next[id] === now[id])
  store.setState({ release: server.release, published, drafts, ...(!untouched && { history: begin(next), takenOver: own ? takenOver : takenOver + 1 }) })
  autosave.changed()
}

/** What could not be saved when the studio was left last is put back, as a command. */
function restore(workspace: Workspace, me: string): void {
  const left = rememberedUnsaved(me)
  const ids = Object.keys(left) as DocumentId[]
  if (ids.length > 0) workspace.edit({ key: 'do.restore' }, Object.fromEntries(ids.map((id) => [id, (now) => (same(now, left[id] ?? undefined) ? now : (left[id] ?? undefined))])))
}

function noteDraft(store: StoreApi<WorkspaceState>, id: DocumentId, info: DraftInfo | undefined): void {
  store.setState(({ drafts }) => ({ drafts: { ...drafts, [id]: info } }))
}

async function discardQuietly(id: DocumentId, rev: number | undefined): Promise<void> {
  try {
    await discardDraft(id, rev)
  } catch (error) {
    if (!isProblem(error, 404)) throw error
  }
}

function typingSessions() {
  let count = 0
  let last = 0
  return {
    end: () => { count += 1 },
    session: (place: string | undefined) => {
      const now = Date.now()
      if (place === undefined || now - last > typingPause) count += 1
      last = now
      return place && `${place}#${count}`
    },
  }
}
