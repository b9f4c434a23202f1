/** What publishing asks because of records there are, and how it is answered. Pure. */
import type { Label, Option } from '../../schemas/generated/types'
import type { Decisions, DefinitionProblem } from '../api/studio-api'
import { choiceText } from '../i18n/words'

export interface Question {
  id: string
  problem: DefinitionProblem
  options: Pick<Option, 'value' | 'label'>[]
  /** Whether “nothing” is an answer. */
  mayEmpty: boolean
  /** `nothing` stands for none of the options. */
  chosen: string | undefined
  decide: (to: string) => Decisions
}

export const nothing = ''

export const questionsIn = (problems: readonly DefinitionProblem[], decisions: Decisions): Question[] => problems.flatMap((p) => questions[p.code]?.(p, decisions) ?? [])

export const isQuestion = ({ code }: DefinitionProblem) => questions[code] !== undefined

interface Params { name: Label; at: string; entity: string; from: string; to: Question['options']; required: boolean; cut: boolean }

const cut = { value: 'cut', label: { en: choiceText('Failing', 'cut', 'en'), zh: choiceText('Failing', 'cut', 'zh') } }

const questions: Partial<Record<DefinitionProblem['code'], (problem: DefinitionProblem, decisions: Decisions) => Question>> = {
  optionRemoved: (problem, decisions) => {
    const { at, entity, from, to, required } = problem.params as unknown as Params
    const { others, mine } = split(decisions.options, (o) => o.entity === entity && o.field === at && o.from === from)
    const decide = (value: string): Decisions => ({ ...decisions, options: [...others, { entity, field: at, from, to: value === nothing ? null : value }] })
    return { id: `${entity}-${at}-${from}`, problem, options: to, mayEmpty: !required, chosen: mine && (mine.to ?? nothing), decide }
  },
  stageRemoved: (problem, decisions) => {
    const { from, to } = problem.params as unknown as Params
    const { others, mine } = split(decisions.stages, (s) => s.pipeline === problem.key && s.from === from)
    const decide = (value: string): Decisions => ({ ...decisions, stages: [...others, { pipeline: problem.key, from, to: value }] })
    return { id: `${problem.key}-${from}`, problem, options: to, mayEmpty: false, chosen: mine?.to, decide }
  },
  cannotConvert: (problem, decisions) => {
    const { at, entity, cut: mayCut } = problem.params as unknown as Params
    const { others, mine } = split(decisions.types, (d) => d.entity === entity && d.field === at)
    const decide = (value: string): Decisions => ({ ...decisions, types: [...others, { entity, field: at, failing: value === nothing ? 'empty' : 'cut' }] })
    return { id: `${entity}-${at}-type`, problem, options: mayCut ? [cut] : [], mayEmpty: true, chosen: mine && (mine.failing === 'cut' ? cut.value : nothing), decide }
  },
}

function split<T>(list: T[] = [], isMine: (one: T) => boolean): { others: T[]; mine: T | undefined } {
  return { others: list.filter((one) => !isMine(one)), mine: list.find(isMine) }
}
