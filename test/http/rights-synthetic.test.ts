/** The rights matrix over a template of everything roles, teams, sharing by hand and by rule can say. */
import { collections } from '../../server/model/collections'
import { asEngine, contextFor, systemPerson } from '../../server/use-cases/context'
import { deleteRecord } from '../../server/use-cases/delete-record'
import type { Definition, Grant } from '../../schemas/generated/types'
import { entity, field, role, sharing } from '../support/catalog'
import { startTestHost } from '../support/host'
import { matrix } from '../support/rights-matrix'

const verbs: Grant['verbs'] = ['create', 'read', 'update', 'delete']
const option = (value: string) => ({ value, label: { en: value, zh: value } })
const all = (entity: string, members: Partial<Grant> = {}): Grant => ({ entity, verbs, scope: 'all', ...members })

describe('a template of everything roles can say', () => {
  const documents: Definition[] = [
    entity('party', [field('text', 'name', { required: true, searchable: true }), field('text', 'secret', { searchable: true }), field('integer', 'rating'), field('enum', 'level', { options: ['a', 'b', 'c'].map(option) }), field('multiReference', 'helpers', { entity: 'user' })], { team: { field: 'helpers', verbs: ['read', 'update'] } }),
    entity('deal', [
      field('text', 'name', { required: true, searchable: true }), field('enum', 'state', { options: ['open', 'won', 'lost'].map(option), default: 'open' }), field('money', 'amount'), field('date', 'due'), field('boolean', 'urgent'),
      field('reference', 'party', { entity: 'party' }), field('multiReference', 'others', { entity: 'party' }), field('phone', 'phone', { searchable: true }),
      field('lines', 'rows', { fields: [field('text', 'note'), field('integer', 'quantity'), field('reference', 'party', { entity: 'party' })] }), field('rollup', 'pieces', { rollup: { lines: 'rows', op: 'sum', field: 'quantity' } }),
      field('lines', 'team', { fields: [field('user', 'user'), field('date', 'from'), field('date', 'to')] }),
    ], { team: { field: 'team', user: 'user', from: 'from', to: 'to' } }),
    role('own', { grants: [{ entity: 'party', verbs, scope: 'own' }, { entity: 'deal', verbs, scope: 'own' }] }),
    role('team', { grants: [{ entity: 'party', verbs, scope: 'departmentOnly' }, { entity: 'deal', verbs, scope: 'departmentOnly' }] }),
    role('branch', { grants: [{ entity: 'party', verbs, scope: 'department' }, { entity: 'deal', verbs, scope: 'department' }] }),
    role('openOnly', { grants: [all('deal', { condition: { field: 'state', op: 'eq', value: 'open' } }), all('party', { condition: { field: 'level', op: 'in', value: ['a', 'b'] } })] }),
    role('largeOwn', { grants: [{ entity: 'deal', verbs: ['read'], scope: 'department', condition: { and: [{ field: 'amount', op: 'gt', value: '100' }, { not: { field: 'urgent', op: 'eq', value: true } }] } }, { entity: 'deal', verbs: ['read', 'update'], scope: 'own' }, all('party', { verbs: ['read'], condition: { field: 'rating', op: 'empty' } })] }),
    role('byRows', { grants: [all('deal', { verbs: ['read', 'update'], condition: { or: [{ field: 'rows.note', op: 'contains', value: 'x' }, { field: 'others', op: 'notEmpty' }] } }), all('party', { verbs: ['read'] })] }),
    role('limited', { grants: [all('deal', { fields: { amount: 'hidden', rows: 'hidden', others: 'hidden', due: 'read' } }), all('party', { fields: { secret: 'hidden', name: 'hidden', rating: 'read' } })] }),
    role('masked', { grants: [all('deal', { verbs: ['read', 'update'], fields: { amount: 'mask', phone: 'mask', party: 'mask', others: 'mask', rows: 'mask', state: 'mask', pieces: 'mask', due: 'mask', urgent: 'mask' } }), all('party', { fields: { name: 'mask', secret: 'mask', rating: 'hidden' } })] }),
    role('dealsOnly', { grants: [all('deal')] }),
    role('sharer', { grants: [all('deal', { verbs: ['read', 'update', 'share'] }), all('party', { verbs: ['read', 'update', 'share'] })] }),
    sharing('large', 'deal', { filter: { field: 'amount', op: 'gt', value: '1000' }, with: { roles: ['own', 'largeOwn'], users: ['dan'] }, verbs: ['read'] }),
    sharing('urgent', 'deal', { filter: { and: [{ field: 'urgent', op: 'eq', value: true }, { field: 'rows.quantity', op: 'eq', value: 2 }] }, with: { departments: ['sales'] }, verbs: ['update'], until: '2026-06-15' }),
    sharing('over', 'deal', { with: { departments: ['sales'], roles: ['own'], users: ['oda'] }, verbs: ['read', 'update'], until: '2026-06-14' }),
    sharing('everything', 'party', { with: { users: ['oda', 'zoe', 'dan'], departments: ['south'] }, verbs: ['read'] }),
    role('auditor', { grants: [all('deal', { verbs: ['read'], condition: { field: 'state', op: 'ne', value: 'open' } })] }),
  ]
  const hired: Record<string, { roles: string[]; department?: 'sales' | 'north' | 'south' }> = {
    ann: { roles: ['own'], department: 'north' }, tim: { roles: ['team'], department: 'sales' }, tom: { roles: ['team'], department: 'north' }, bob: { roles: ['branch'], department: 'sales' }, nob: { roles: ['branch', 'team'] },
    oda: { roles: ['openOnly'] }, lou: { roles: ['largeOwn'], department: 'sales' }, ray: { roles: ['byRows'], department: 'south' }, lim: { roles: ['limited'] }, max: { roles: ['masked'] }, mia: { roles: ['masked', 'auditor'] }, rob: { roles: ['masked', 'limited'] }, dan: { roles: ['dealsOnly'] }, sum: { roles: ['own', 'auditor'], department: 'north' }, zoe: { roles: [] }, ser: { roles: ['sharer'] },
  }

  matrix(Object.keys(hired), async () => {
    const host = await startTestHost({ documents, today: '2026-06-15' })
    const { engine } = host.stage
    const department: Record<string, string> = {}
    for (const [name, parent] of [['sales', null], ['north', 'sales'], ['south', 'sales']] as const) department[name] = (await engine.create('department', { name, parent: parent && department[parent] })).id!
    const users: string[] = []
    for (const [username, { roles, department: at }] of Object.entries(hired)) users.push((await host.addUser({ username, roles, department: at === undefined ? null : department[at]! })).id)
    const parties: string[] = []
    const turn = <T>(values: T[], n: number) => values[n % values.length]!
    for (let n = 0; n < 14; n++) parties.push((await engine.create('party', { name: `Party ${n}`, secret: `secret ${n}`, rating: turn([null, 1, 2, 3], n), level: turn(['a', 'b', 'c', null], n), owner: turn(users, n), helpers: turn([[], [turn(users, n * 7)]], n) })).id!)
    for (let n = 0; n < 32; n++) {
      await engine.create('deal', {
        name: `Deal ${n}`, owner: turn(users, n * 5), state: turn(['open', 'won', 'lost', 'open', null], n), amount: turn([null, '10', '100', '100.01', '5000'], n >> 1), due: turn(['2026-01-01', null, '2026-02-01'], n), urgent: turn([true, false, null], n),
        party: turn([...parties, null], n * 3), others: turn([[], [turn(parties, n)], [turn(parties, n + 1), turn(parties, n + 5)]], n), phone: `1380000${1000 + n}`,
        rows: turn([[], [{ note: 'x1', quantity: n }, { note: 'y', quantity: 1, party: turn(parties, n) }], [{ note: 'z', quantity: 2 }]], n >> 2),
        team: [{ user: turn(users, n * 7), from: turn([null, '2026-06-15', '2026-06-16'], n), to: turn([null, '2026-06-15', '2026-06-14'], n >> 1) }, { user: turn(users, n + 2), from: null, to: '2020-01-01' }],
      })
    }
    for (const { id } of (await engine.list('deal', { limit: 500 })).items.slice(0, 8)) await deleteRecord(asEngine(contextFor(host.services, await host.holder.current(), systemPerson, 'en', 'system'), 'system'), 'deal', id!)
    const ser = await host.signIn('ser')
    const deals = (await engine.list('deal', { limit: 500 })).items.map((d) => d.id!)
    const receivers = (await engine.list('user')).items.filter((u) => !['zoe', 'admin', 'ser'].includes(u.username as string))
    for (let n = 0; n < 16; n++) await ser.must(ser.post(`/records/deal/${turn(deals, n * 3)}/shares`, { ...(n % 5 === 0 ? { department: department[turn(['sales', 'north'], n)] } : { user: turn(receivers, n * 3).id }), right: turn(['read', 'write'], n), until: turn([null, '2026-06-15', '2026-07-01'], n) }))
    for (let n = 0; n < 6; n++) await ser.post(`/records/party/${turn(parties, n)}/shares`, { user: turn(receivers, n * 2).id, right: 'read' })
    // One that has ended: its last day was yesterday.
    await host.services.store.transaction((tx) => tx.insert(collections.share, receivers.slice(0, 6).map((u, n) => ({ id: `over${n}`, rev: 1, entity: 'deal', record: turn(deals, n * 3 + 1), kind: 'user', grantee: u.id!, right: 'write', until: '2026-06-14', by: u.id!, at: '2026-01-01' }))))
    return host
  })
})
