import { findPeople } from '../../schemas/people'
import { peopleNow } from '../flows/people-now'
import { notify as tell } from '../notices/notify'
import { calculate, scopeFor } from './evaluate'
import { effectId, type EffectKind } from './index'

/** People are told with the commit; what they read of the record is what they may see. Outside an approval whoever acts counts as the one who submitted. */
export const notify: EffectKind<'notify'> = async ({ id, to, text }, run) => {
  const scope = await scopeFor(run, to.flatMap((assignee) => (assignee.kind === 'expression' ? [assignee.expression] : [])))
  const people = findPeople(to, {
    people: peopleNow(run.ctx), initiator: run.initiator ?? run.ctx.me.id, flow: { name: '' }, chosen: [], earlier: [],
    value: (field) => run.record[field], evaluate: (source) => calculate(source, scope), reusable: () => undefined,
  })
  await tell(run.ctx, { id: effectId(run, id), to: people, kind: 'message', params: { text }, link: { entity: run.table.entity.name, record: run.record.id! } })
}
