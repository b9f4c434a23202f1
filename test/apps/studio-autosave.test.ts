import { Autosave, type SaveState } from '../../studio/editor/autosave'
import type { DocumentId, Documents } from '../../studio/editor/documents'
import type { Definition } from '../../schemas/generated/types'

beforeEach(() => { jest.useFakeTimers() })
afterEach(() => { jest.useRealTimers() })

const doc = (label: string) => ({ kind: 'role', name: 'r', label: { en: label, zh: label }, grants: [] }) as Definition
const id: DocumentId = 'role/r'

/** A server that keeps drafts and can be switched off. */
function setUp(published: Documents = {}, drafts: Documents = {}) {
  const world = { documents: { ...published, ...drafts } as Documents, down: false, calls: [] as string[], drafts: { ...drafts } as Documents, state: undefined as SaveState | undefined }
  const call = (name: string, then: () => void) => {
    if (world.down) return Promise.reject(new Error('down'))
    world.calls.push(name)
    then()
    return Promise.resolve()
  }
  const autosave = new Autosave({
    target: {
      save: (at, document) => call(`save ${document.label.en}`, () => { world.drafts = { ...world.drafts, [at]: document } }),
      discard: (at) => call('discard', () => { world.drafts = { ...world.drafts, [at]: undefined } }),
    },
    published: () => published,
    documents: () => world.documents,
    onState: (state) => { world.state = state },
    onDraft: () => undefined,
  }, { ...published, ...drafts })
  const edit = (document: Definition | undefined) => { world.documents = { ...world.documents, [id]: document }; autosave.changed() }
  return { world, autosave, edit }
}

test('typing is saved once, a moment after it pauses', async () => {
  const { world, edit } = setUp({ [id]: doc('a') })
  for (const label of ['b', 'bc', 'bcd']) { edit(doc(label)); await jest.advanceTimersByTimeAsync(300) }
  expect(world.calls).toEqual([])
  expect(world.state?.kind).toBe('pending')
  await jest.advanceTimersByTimeAsync(800)
  expect(world.calls).toEqual(['save bcd'])
  expect(world.state?.kind).toBe('saved')
})

test('a document that is as published again needs no draft', async () => {
  const { world, edit } = setUp({ [id]: doc('a') }, { [id]: doc('b') })
  edit(doc('a'))
  await jest.advanceTimersByTimeAsync(900)
  expect(world.calls).toEqual(['discard'])
  expect(world.drafts[id]).toBeUndefined()
})

test('a new document that is undone leaves no draft', async () => {
  const { world, edit } = setUp()
  edit(doc('new'))
  await jest.advanceTimersByTimeAsync(900)
  edit(undefined)
  await jest.advanceTimersByTimeAsync(900)
  expect(world.calls).toEqual(['save new', 'discard'])
})

test('a failure is told and tried again until it works; edits meanwhile are not lost', async () => {
  const { world, autosave, edit } = setUp({ [id]: doc('a') })
  world.down = true
  edit(doc('b'))
  await jest.advanceTimersByTimeAsync(900)
  expect(world.state?.kind).toBe('failed')
  edit(doc('c'))
  await jest.advanceTimersByTimeAsync(900)
  expect(autosave.unsaved()).toEqual([id])
  world.down = false
  await jest.advanceTimersByTimeAsync(60_000)
  expect(world.calls).toEqual(['save c'])
  expect(world.state?.kind).toBe('saved')
})

test('an edit during saving is saved after it', async () => {
  const { world, edit } = setUp({ [id]: doc('a') })
  edit(doc('b'))
  jest.advanceTimersByTime(800)
  edit(doc('c'))
  await jest.advanceTimersByTimeAsync(2_000)
  expect(world.drafts[id]?.label.en).toBe('c')
})

test('flush saves at once, and says when it could not', async () => {
  const { world, autosave, edit } = setUp({ [id]: doc('a') })
  edit(doc('b'))
  await autosave.flush()
  expect(world.calls).toEqual(['save b'])
  world.down = true
  edit(doc('c'))
  await expect(autosave.flush()).rejects.toThrow('down')
})
