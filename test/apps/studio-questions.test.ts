import type { Decisions, DefinitionProblem } from '../../studio/api/studio-api'
import { isQuestion, nothing, questionsIn } from '../../studio/release/questions'

const label = { en: 'L', zh: '标' }
const to = [{ value: 'large', label }, { value: 'huge', label }]
const removedOption = (from: string, members = {}): DefinitionProblem => ({ kind: 'entity', key: 'deal', path: '/fields/3/options', code: 'optionRemoved', params: { name: label, field: label, entity: 'deal', at: 'size', from, to, required: false, ...members } })
const removedStage: DefinitionProblem = { kind: 'pipeline', key: 'sales', path: '/stages', code: 'stageRemoved', params: { name: label, from: 'first', to } }
const unfit: DefinitionProblem = { kind: 'entity', key: 'deal', path: '/fields/3/type', code: 'cannotConvert', params: { name: label, entity: 'deal', at: 'size' } }
const all = [removedOption('small'), removedOption('tiny'), removedStage, unfit]

test('each is asked for itself; answers come together and can be changed', () => {
  let decisions: Decisions = {}
  const answer = (i: number, value: string) => { decisions = questionsIn(all, decisions)[i]!.decide(value) }
  expect(questionsIn(all, decisions).map((q) => q.chosen)).toEqual([undefined, undefined, undefined, undefined])
  answer(0, 'large')
  answer(1, nothing)
  answer(2, 'huge')
  answer(3, nothing)
  answer(0, 'huge')
  expect(decisions).toEqual({
    options: [{ entity: 'deal', field: 'size', from: 'tiny', to: null }, { entity: 'deal', field: 'size', from: 'small', to: 'huge' }],
    stages: [{ pipeline: 'sales', from: 'first', to: 'huge' }], types: [{ entity: 'deal', field: 'size', failing: 'empty' }],
  })
  expect(questionsIn(all, decisions).map((q) => q.chosen)).toEqual(['huge', nothing, 'huge', nothing])
})

test('what must be filled is not emptied; what is no question stays a problem', () => {
  expect(questionsIn([removedOption('small', { required: true }), removedStage], {}).map((q) => q.mayEmpty)).toEqual([false, false])
  const gone: DefinitionProblem = { kind: 'entity', key: 'deal', path: '/fields', code: 'fieldRemoved', params: { name: 'size' } }
  expect([gone, unfit].map(isQuestion)).toEqual([false, true])
  expect(questionsIn([gone], {})).toEqual([])
})

test('values of which a part fits may be cut', () => {
  const losing = { ...unfit, params: { ...unfit.params, cut: true } }
  const [question] = questionsIn([losing], {})
  expect(question!.options.map((o) => o.value)).toEqual(['cut'])
  const decisions = question!.decide('cut')
  expect(decisions.types).toEqual([{ entity: 'deal', field: 'size', failing: 'cut' }])
  expect(questionsIn([losing], decisions)[0]!.chosen).toBe('cut')
})
