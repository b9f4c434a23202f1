import { AppError } from '../../../schemas/errors'
import type { DecisionKind } from './decision'

export const cc: DecisionKind = {
  happen: ({ ctx, task, input }) => {
    const people = [...new Set(input.to)].filter((id) => ctx.model.directory.person(id)?.active)
    if (people.length === 0) throw new AppError(422, 'required', {}, [{ path: '/to', code: 'required', params: { label: { en: 'Who', zh: '人员' } } }])
    return { event: { type: 'cc', node: task.node, round: task.round, people }, entry: { kind: 'copied', people } }
  },
}
