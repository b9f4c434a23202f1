/** Bad definitions are refused with all their faults, each with its document and a JSON pointer; good ones, the template's above all, with none. */
import { join } from 'node:path'
import { compileCatalog } from '../../runtime/engine'
import type { Action, Definition, Entity, Flow, Form, Pipeline, RuleTable, Template, View } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'
import { definitionProblems } from '../../schemas/validate'
import { readDefinitions } from '../../server/setup/definitions-folder'
import { entity, field, label, problemsIn, role, soundCatalog } from '../support/catalog'
import { approved, ask, by, flow, parallel, start } from '../support/flows'
import { root } from '../support/sources'

const thing = (fields: Entity['fields'], members: Partial<Entity> = {}) => entity('thing', [field('text', 'name'), ...fields], members)
const chart = (definition: View['chart']): View => ({ kind: 'view', name: 'bars', entity: 'thing', label, type: 'chart', ...(definition && { chart: definition }) })
const formula = (name: string, source: string, type = 'decimal') => field('formula', name, { formula: source, result: { type } })
const call = (id: string, called: string): Flow['nodes'][number] => ({ id, type: 'callFlow', flow: called })
const rates: RuleTable = { kind: 'ruleTable', name: 'rates', label, inputs: [{ name: 'amount', label, type: 'decimal' }], outputs: [{ name: 'grade', label, type: 'text' }], versions: [{ id: 'v1', validFrom: '2026-01-01', rows: [{ id: 'all', when: {}, then: { grade: 'A' } }] }] }
const options = [{ value: 'a', label }, { value: 'b', label }]

describe('the template', () => {
  const documents = readDefinitions(join(root, 'seed'))
  test('every document has the shape of its kind', () => expect(documents.flatMap(definitionProblems)).toEqual([]))
  test('holds together', () => expect(compileCatalog([...systemDefinitions, ...documents]).problems).toEqual([]))
})

describe('shape', () => {
  const shapeOf = (document: unknown) => definitionProblems(document).map((p) => `${p.path} ${p.code}`)
  const sound = thing([field('money', 'amount')])

  test.each<[string, unknown, string[]]>([
    ['sound', sound, []],
    ['an unknown member', { ...sound, colour: 'red' }, ['/colour unknownMember']],
    ['an unknown member of a field', { ...sound, fields: [{ ...sound.fields[0], colour: 'red' }] }, ['/fields/0/colour unknownMember']],
    ['a member of another field type', { ...sound, fields: [{ ...sound.fields[0], scale: 2 }] }, ['/fields/0/scale unknownMember']],
    ['missing members, all of them', { kind: 'entity', name: 'thing' }, [' missingMember', ' missingMember', ' missingMember']],
    ['an unknown kind', { ...sound, kind: 'widget' }, [' badMember']],
    ['an unknown field type', { ...sound, fields: [{ name: 'a', type: 'colour', label }] }, ['/fields/0 badMember']],
    ['a name with a capital letter', { ...sound, name: 'Thing' }, ['/name badMember']],
    ['a name of JavaScript', { ...sound, name: '__proto__' }, ['/name badMember']],
    ['a label without a language', { ...sound, label: { en: 'Thing' } }, ['/label missingMember']],
    ['no fields', { ...sound, fields: [] }, ['/fields badMember']],
    ['a text for a truth', { ...sound, fields: [{ ...sound.fields[0], required: 'yes' }] }, ['/fields/0/required badMember']],
    ['a scale too large', { ...sound, fields: [field('money', 'a', { scale: 7 })] }, ['/fields/0/scale badMember']],
    ['a bad number pattern', { ...sound, fields: [field('autoNumber', 'a', { pattern: 'no counter' })] }, ['/fields/0/pattern badMember']],
    ['a formula without a result', { ...sound, fields: [field('formula', 'a', { formula: '1' })] }, ['/fields/0 missingMember']],
    ['several faults at once', { ...sound, icon: 5, colour: 1, fields: [{ name: 'A', type: 'text', label: {} }] }, ['/colour unknownMember', '/icon badMember', '/fields/0/name badMember', '/fields/0/label missingMember']],
    ['not a document', 5, [' badMember']],
    ['a list', [], [' badMember']],
    ['nothing', null, [' badMember']],
  ])('%s', (_, document, expected) => {
    const found = shapeOf(document)
    for (const problem of new Set(expected)) expect(found).toContain(problem)
    if (expected.length === 0) expect(found).toEqual([])
  })

  test('a document with ten thousand faults names a bounded number', () => {
    expect(shapeOf({ ...sound, fields: Array.from({ length: 5000 }, () => ({})) }).length).toBeLessThanOrEqual(201)
  })
})

/** What compiling says of documents that have the shape of their kind. */
const cases: [name: string, documents: Definition[], problems: string[]][] = [
  ['nothing wrong', [thing([field('money', 'amount')])], []],

  // names
  ['two fields of one name', [thing([field('text', 'a'), field('date', 'a')])], ['entity thing /fields/2/name duplicateName']],
  ['two fields of one uid', [thing([field('text', 'a', { uid: 'x' }), field('date', 'b', { uid: 'x' })])], ['entity thing /fields/2/uid duplicateName']],
  ['reserved names', [thing([field('text', 'owner'), field('text', 'me'), field('text', 'constructor'), field('text', 'id')])], ['owner', 'me', 'constructor', 'id'].map((_, i) => `entity thing /fields/${i + 1}/name reservedName`)],
  ['two columns of one name', [thing([field('lines', 'rows', { fields: [field('text', 'a'), field('text', 'a')] })])], ['entity thing /fields/1/fields/1/name duplicateName']],
  ['a reserved column', [thing([field('lines', 'rows', { fields: [field('text', 'id')] })])], ['entity thing /fields/1/fields/0/name reservedName']],
  ['two documents of one name', [thing([]), thing([field('text', 'b')])], ['entity thing /name duplicateName']],
  ['two options of one value', [thing([field('enum', 'e', { options: [...options, options[0]] })])], ['entity thing /fields/1/options/2/value duplicateName']],
  ['no options at all', [thing([field('enum', 'e'), field('multiEnum', 'm')])], ['entity thing /fields/1 missingMember', 'entity thing /fields/2 missingMember']],

  ['a dictionary with a value twice, an entry below none and a circle', [thing([]), { kind: 'dictionary', name: 'd', label, items: [{ value: 'a', label }, { value: 'a', label }, { value: 'b', label, parent: 'x' }, { value: 'c', label, parent: 'e' }, { value: 'e', label, parent: 'c' }] }], ['dictionary d /items/1/value duplicateName', 'dictionary d /items/2/parent badMember', 'dictionary d /items/3/parent cycle', 'dictionary d /items/4/parent cycle']],

  // what is not there
  ['an unknown dictionary', [thing([field('dictionary', 'd', { dictionary: 'gone' }), field('lines', 'rows', { fields: [field('dictionary', 'd', { dictionary: 'gone' })] })])], ['entity thing /fields/1/dictionary noSuchDefinition', 'entity thing /fields/2/fields/0/dictionary noSuchDefinition']],
  ['an unknown title field', [thing([], { titleField: 'x', subtitleField: 'y' })], ['entity thing /titleField noSuchField', 'entity thing /subtitleField noSuchField']],
  ['unknown fields in unique and index', [thing([], { unique: [{ fields: ['name', 'x'] }], indexes: [['y']] })], ['entity thing /unique/0/fields/1 noSuchField', 'entity thing /indexes/0/0 noSuchField']],
  ['an index over rows', [thing([field('lines', 'rows', { fields: [field('text', 'a')] })], { indexes: [['rows']] })], ['entity thing /indexes/0/0 wrongFieldType']],
  ['an unknown entity', [thing([field('reference', 'r', { entity: 'gone' }), field('multiReference', 'm', { entity: 'gone' }), field('lines', 'rows', { fields: [field('reference', 'c', { entity: 'gone' })] })])],
    ['entity thing /fields/1/entity noSuchDefinition', 'entity thing /fields/2/entity noSuchDefinition', 'entity thing /fields/3/fields/0/entity noSuchDefinition']],
  ['ownership through what is no reference', [thing([], { ownership: { from: 'name' }, ownedBy: 'gone' })], ['entity thing /ownedBy noSuchField', 'entity thing /ownership/from wrongFieldType']],
  ['copying what is not there', [thing([field('reference', 'r', { entity: 'thing', copy: { name: 'x', y: 'name' } })])], ['entity thing /fields/1/copy/name noSuchField', 'entity thing /fields/1/copy/y noSuchField']],
  ['an unknown currency', [thing([field('money', 'm', { currencyField: 'x' })])], ['entity thing /fields/1/currencyField noSuchField']],
  ['a smallest above the largest', [thing([field('integer', 'i', { min: 5, max: 4 }), field('money', 'm', { min: '1', max: '0.5' })])], ['entity thing /fields/1/max badMember', 'entity thing /fields/2/max badMember']],
  ['a default that is no option', [thing([field('enum', 'e', { options, default: 'c' }), field('multiEnum', 'm', { options, default: ['a', 'c'] })])], ['entity thing /fields/1/default notAnOption', 'entity thing /fields/2/default notAnOption']],
  ['a default of the wrong type', [thing([field('integer', 'i', { default: 'five' }), field('date', 'd', { default: 'soon' })])], ['entity thing /fields/1/default wrongType', 'entity thing /fields/2/default badDate']],
  ['a default out of range', [thing([field('money', 'm', { min: '0', default: '-1' })])], ['entity thing /fields/1/default tooSmall']],

  // expressions
  ['an unknown field in a formula', [thing([formula('f', 'nmae')])], ['entity thing /fields/1/formula badExpression']],
  ['a formula of the wrong type', [thing([formula('f', 'name'), formula('g', '1', 'boolean')])], ['entity thing /fields/1/formula badExpression', 'entity thing /fields/2/formula badExpression']],
  ['a formula that does not parse', [thing([formula('f', '1 +')])], ['entity thing /fields/1/formula badExpression']],
  ['a formula that reads what changes with the day of another record', [thing([field('date', 'due'), field('reference', 'r', { entity: 'thing' }), formula('age', 'daysBetween(due, today)'), formula('f', 'r.age')])], ['entity thing /fields/4 badExpression']],
  ['a formula that walks too far', [thing([field('reference', 'r', { entity: 'thing' }), formula('f', 'r.r.r.r.name', 'text')])], ['entity thing /fields/2 badExpression']],
  ['a formula in a row that changes with the day', [thing([field('lines', 'rows', { fields: [field('date', 'due'), formula('age', 'daysBetween(due, today)')] })])], ['entity thing /fields/1/fields/1/formula badExpression']],
  ['conditions that are none', [thing([field('text', 'a', { requiredWhen: '1', readOnlyWhen: 'name', visibleWhen: 'x' })], { validations: [{ id: 'v', rule: 'name + 1', message: label }] })],
    ['requiredWhen', 'readOnlyWhen', 'visibleWhen'].map((m) => `entity thing /fields/1/${m} badExpression`).concat('entity thing /validations/0/rule badExpression')],
  ['a default expression of the wrong type', [thing([field('date', 'd', { defaultExpr: '5' })])], ['entity thing /fields/1/defaultExpr badExpression']],
  ['a bad formula in a row', [thing([field('lines', 'rows', { fields: [field('integer', 'qty'), formula('f', 'qty * prise')] })])], ['entity thing /fields/1/fields/1/formula badExpression']],
  ['regular expressions', [thing([formula('f', "name.matches('(a+)+$')", 'boolean')])], ['entity thing /fields/1/formula badExpression']],
  ['a validation at an unknown field', [thing([], { validations: [{ id: 'v', rule: 'true', field: 'x', message: label }] })], ['entity thing /validations/0/field noSuchField']],

  // circles
  ['a formula of itself', [thing([formula('f', 'f + 1')])], ['entity thing /fields cycle']],
  ['a circle of three', [thing([formula('a', 'b'), formula('b', 'c'), formula('c', 'a')])], ['entity thing /fields cycle']],
  ['a circle in a row', [thing([field('lines', 'rows', { fields: [formula('a', 'b'), formula('b', 'a')] })])], ['entity thing /fields cycle']],
  ['a circle through a roll-up of the lines', [thing([field('lines', 'rows', { fields: [field('integer', 'qty'), formula('f', 'total')] }), field('rollup', 'total', { rollup: { lines: 'rows', op: 'sum', field: 'f' } })])], ['entity thing /fields cycle']],
  ['a roll-up of itself', [thing([field('reference', 'parent', { entity: 'thing' }), field('rollup', 'total', { rollup: { entity: 'thing', via: 'parent', op: 'sum', field: 'total' } })])], ['entity thing /fields cycle']],

  ['a circle through formulas of two records', [entity('one', [field('text', 'name'), field('reference', 'other', { entity: 'two' }), formula('f', 'other.g + 1')]), entity('two', [field('text', 'name'), field('reference', 'other', { entity: 'one' }), formula('g', 'other.f + 1')])], ['entity one /fields cycle']],
  ['a circle through a roll-up and a formula', [entity('head', [field('text', 'name'), field('rollup', 'total', { rollup: { entity: 'part', via: 'head', op: 'sum', field: 'share' } })]), entity('part', [field('text', 'name'), field('reference', 'head', { entity: 'head' }), formula('share', 'head.total / 2')])], ['entity head /fields cycle']],
  ['a circle through the filter of a roll-up', [thing([field('reference', 'parent', { entity: 'thing' }), field('rollup', 'count', { rollup: { entity: 'thing', via: 'parent', op: 'count', filter: { field: 'count', op: 'gt', value: 1 } } })])], ['entity thing /fields cycle']],

  // roll-ups
  ['a roll-up of nothing', [thing([field('rollup', 'r', { rollup: { op: 'sum' } })])], ['entity thing /fields/1/rollup badMember']],
  ['a roll-up of both', [thing([field('lines', 'rows', { fields: [field('integer', 'q')] }), field('rollup', 'r', { rollup: { lines: 'rows', entity: 'thing', via: 'x', op: 'count' } })])], ['entity thing /fields/2/rollup badMember']],
  ['a sum of no field, of an unknown one, of a text', [thing([field('lines', 'rows', { fields: [field('text', 't')] }), field('rollup', 'a', { rollup: { lines: 'rows', op: 'sum' } }), field('rollup', 'b', { rollup: { lines: 'rows', op: 'sum', field: 'x' } }), field('rollup', 'c', { rollup: { lines: 'rows', op: 'sum', field: 't' } })])],
    ['entity thing /fields/2/rollup/field missingMember', 'entity thing /fields/3/rollup/field noSuchField', 'entity thing /fields/4/rollup/field wrongFieldType']],
  ['a roll-up over what does not refer here', [thing([field('rollup', 'r', { rollup: { entity: 'other', via: 'name', op: 'count' } })]), entity('other', [field('text', 'name')])], ['entity thing /fields/1/rollup/via wrongFieldType']],
  ['a roll-up over an unknown entity and unknown lines', [thing([field('rollup', 'r', { rollup: { entity: 'gone', via: 'x', op: 'count' } }), field('rollup', 's', { rollup: { lines: 'gone', op: 'count' } })])], ['entity thing /fields/1/rollup/entity noSuchDefinition', 'entity thing /fields/2/rollup/lines wrongFieldType']],
  ['a bad filter in a roll-up', [thing([field('lines', 'rows', { fields: [field('integer', 'q')] }), field('rollup', 'r', { rollup: { lines: 'rows', op: 'count', filter: { field: 'x', op: 'eq', value: 1 } } })])], ['entity thing /fields/2/rollup/filter badFilter']],
  ['a roll-up of what changes with the day', [thing([field('lines', 'rows', { fields: [field('date', 'd')] })]), entity('child', [field('text', 'name'), field('reference', 'up', { entity: 'parent' }), formula('age', 'daysBetween(today, today)')]), entity('parent', [field('text', 'name'), field('rollup', 'r', { rollup: { entity: 'child', via: 'up', op: 'sum', field: 'age' } })])], ['entity parent /fields/1/rollup/field badMember']],

  // pipelines
  ['an entity whose stage fields are wrong', [thing([], { pipeline: { pipelineField: 'name', stageField: 'x', statusField: 'name' } })], ['entity thing /pipeline/pipelineField wrongFieldType', 'entity thing /pipeline/stageField noSuchField', 'entity thing /pipeline/statusField wrongFieldType']],
  ['a pipeline of an entity without stages', [thing([]), pipelineWith({})], ['pipeline sales /entity badMember']],
  ['a pipeline full of faults', [staged(), pipelineWith({
    stages: [
      { id: 'won', label, category: 'won', phase: 'x', requiredFields: ['gone'], entryCriteria: [{ id: 'c', rule: 'gone > 1', message: label }], exitCriteria: [{ id: 'c', rule: '1', message: label }], gate: { flow: 'gone', when: '1' }, onEnter: [{ id: 'e', kind: 'setField', values: { gone: '1', name: '1' } }] },
      { id: 'won', label, category: 'open' },
    ],
    transitions: [{ from: 'x', to: 'y', roles: ['gone'], reasonField: 'gone' }, { from: '*', to: 'won', reasonRequired: true }],
    policies: { reopen: ['gone'] },
  })], [
    '/stages/0/category badMember', '/stages/1/id duplicateName', '/stages/0/phase badMember', '/stages/0/requiredFields/0 noSuchField', '/stages/0/entryCriteria/0/rule badExpression', '/stages/0/exitCriteria/0/rule badExpression', '/stages/0/gate/flow noSuchDefinition', '/stages/0/gate/when badExpression',
    '/stages/0/onEnter/0/values/gone noSuchField', '/stages/0/onEnter/0/values/name badExpression', '/transitions/0/from noSuchStage', '/transitions/0/to noSuchStage', '/transitions/0/roles/0 noSuchDefinition', '/transitions/0/reasonField noSuchField', '/transitions/1/reasonField missingMember', '/policies/reopen/0 noSuchDefinition',
  ].map((p) => `pipeline sales ${p}`)],
  ['two criteria of one name in a stage', [staged(), pipelineWith({ stages: [{ id: 'lead', label, category: 'open', entryCriteria: [{ id: 'c', rule: 'true', message: label }, { id: 'c', rule: 'true', message: label }] }] })], ['pipeline sales /stages/0/entryCriteria/1/id duplicateName']],

  // flows
  ['a flow of an unknown entity', [flowWith([start, approved], ['start > approved'], { entity: 'gone' })], ['flow flow /entity noSuchDefinition']],
  ['two nodes and two edges of one id', [thing([]), { ...flowWith([start, ask('a'), ask('a'), approved], ['start > a', 'a > approved']), edges: [{ id: 'e', source: 'start', target: 'a' }, { id: 'e', source: 'a', target: 'approved' }] }], ['flow flow /nodes/2/id duplicateName', 'flow flow /edges/1/id duplicateName']],
  ['an edge to nowhere', [thing([]), flowWith([start, approved], ['start > gone'])], ['flow flow /edges/0/target noSuchDefinition', 'flow flow /nodes/0 flowNoWayOut', 'flow flow /nodes/1 flowUnreachable', 'flow flow /nodes/1 flowEdges']],
  ['no start, two starts', [thing([]), flowWith([ask('a'), approved], ['a > approved']), flowWith([start, { ...start, id: 'start2' }, approved], ['start > approved', 'start2 > approved'], { name: 'second' })], ['flow flow /nodes flowStartCount', 'flow flow /nodes/0 flowEdges', 'flow second /nodes flowStartCount', 'flow second /nodes/1 flowUnreachable']],
  ['an unreachable node', [thing([]), flowWith([start, ask('island'), approved], ['start > approved', 'island > approved'])], ['flow flow /nodes/1 flowEdges', 'flow flow /nodes/1 flowUnreachable']],
  ['a node without a way out', [thing([]), flowWith([start, ask('a'), ask('b'), approved], ['start > a', 'a > b', 'b > a'])], ['flow flow /nodes/0 flowNoWayOut', 'flow flow /nodes/1 flowNoWayOut', 'flow flow /nodes/2 flowNoWayOut', 'flow flow /nodes/3 flowUnreachable', 'flow flow /nodes/3 flowEdges']],
  ['an exclusive node without a default', [thing([]), flowWith([start, by, approved], ['start > by', 'by > approved when true'])], ['flow flow /nodes/1 flowEdges']],
  ['an exclusive node with a way without a condition', [thing([]), flowWith([start, by, approved], ['start > by', 'by > approved else', 'by > approved'])], ['flow flow /nodes/1 flowEdges']],
  ['a condition elsewhere', [thing([]), flowWith([start, ask('a'), approved], ['start > a', 'a > approved when true'])], ['flow flow /nodes/1 flowEdges']],
  ['a circle without people', [thing([]), flowWith([start, by, { ...by, id: 'by2' }, approved], ['start > by', 'by > by2 else', 'by2 > by else', 'by2 > approved when true'])], ['flow flow /nodes/1 flowLoop']],
  ['a flow that calls itself', [thing([]), flowWith([start, call('c', 'flow'), approved], ['start > c', 'c > approved'])], ['flow flow /nodes/1/flow flowCallsItself']],
  ['flows that call each other in a circle', [thing([]), flowWith([start, call('c', 'second'), approved], ['start > c', 'c > approved']), flowWith([start, ask('a'), call('c', 'flow'), approved], ['start > a', 'a > c', 'c > approved'], { name: 'second' })], ['flow flow /nodes/1/flow flowCallsItself']],
  ['inputs that a decision table does not have, or of another type, a moment that is none, and an answer it does not give', [thing([{ name: 'when', type: 'date', label }]), rates, flowWith([start, { id: 't', type: 'decisionTable', table: 'rates', inputs: { amount: 'name', other: 'name' }, asOf: 'name' }, approved], ['start > t', "t > approved when result.grade == 'A'", 't > approved when result.level == 1', 't > approved else'])],
    ['flow flow /nodes/1/inputs/amount badExpression', 'flow flow /nodes/1/inputs/other badMember', 'flow flow /nodes/1/asOf badMember', 'flow flow /edges/2/when badExpression']],
  ['what a decision table is asked rightly', [thing([{ name: 'when', type: 'date', label }, { name: 'sum', type: 'money', label }]), rates, flowWith([start, { id: 't', type: 'decisionTable', table: 'rates', inputs: { amount: 'sum' }, asOf: 'when' }, approved], ['start > t', "t > approved when result.grade == 'A'", 't > approved else'])], []],
  ['a circle with people', [thing([]), flowWith([start, ask('a'), by, approved], ['start > a', 'a > by', 'by > a else', 'by > approved when true'])], []],
  ['a parallel node that does nothing', [thing([]), flowWith([start, parallel('p'), approved], ['start > p', 'p > approved'])], ['flow flow /nodes/1 flowEdges']],
  ['bad expressions and effects of a flow', [thing([]), flowWith([start, by, ask('a', [], { assignees: [{ kind: 'role', role: 'gone' }], effects: { onApproved: [{ id: 'x', kind: 'setField', values: { gone: '1' } }] } }), { ...approved, effects: [{ id: 'y', kind: 'setField', values: { name: '5' } }] }], ['start > by', 'by > a when gone', 'by > approved else', 'a > approved'],
    { trigger: { when: 'name' }, onSubmit: [{ id: 'a', kind: 'createRecord', entity: 'gone', values: {} }], onReject: [{ id: 'b', kind: 'submitFlow', flow: 'gone' }], onWithdraw: [{ id: 'c', kind: 'moveStage', to: 'x' }] })],
  ['/trigger/when badExpression', '/edges/1/when badExpression', '/nodes/2/assignees/0/role noSuchDefinition', '/nodes/2/effects/onApproved/0/values/gone noSuchField', '/nodes/3/effects/0/values/name badExpression', '/onSubmit/0/entity noSuchDefinition', '/onReject/0/flow noSuchDefinition', '/onWithdraw/0 badMember'].map((p) => `flow flow ${p}`)],
  ['two effects of one id at a node', [thing([]), flowWith([start, { ...approved, effects: [{ id: 'x', kind: 'setField', values: {} }, { id: 'x', kind: 'setField', values: {} }] }], ['start > approved'])], ['flow flow /nodes/1/effects/1/id duplicateName']],

  // actions
  ['an action full of faults', [thing([formula('sum', '1')]), action({
    condition: 'gone', input: [field('text', 'a', { defaultExpr: '5' }), field('text', 'a'), formula('f', '1'), field('reference', 'r', { entity: 'gone' })],
    steps: [
      { id: 'a', kind: 'setField', values: { sum: '1', createdAt: 'today', name: 'input.b' } }, { id: 'b', kind: 'createRecord', entity: 'thing', when: '1', values: { name: 'input.a', gone: '1' }, linkBack: 'gone' },
      { id: 'c', kind: 'createEach', entity: 'thing', forEach: 'name', values: { name: 'item.x' }, distribute: { field: 'gone', total: 'name', weight: 'item' } }, { id: 'd', kind: 'moveStage', to: 'x' }, { id: 'e', kind: 'submitFlow', flow: 'gone' },
    ],
  })], [
    '/condition badExpression', '/input/0/defaultExpr badExpression', '/input/1/name duplicateName', '/input/2/type wrongFieldType', '/input/3/entity noSuchDefinition', '/steps/0/values/sum noSuchField', '/steps/0/values/createdAt noSuchField', '/steps/0/values/name badExpression',
    '/steps/1/when badExpression', '/steps/1/linkBack noSuchField', '/steps/1/values/gone noSuchField', '/steps/2/forEach badExpression', '/steps/2/distribute/field noSuchField', '/steps/2/distribute/total badExpression', '/steps/3 badMember', '/steps/4/flow noSuchDefinition',
  ].map((p) => `action thing.go ${p}`)],

  // roles, screens
  ['a role full of faults', [thing([]), role('rep', { grants: [{ entity: 'gone', verbs: ['read'], scope: 'all' }, { entity: 'thing', verbs: ['read'], scope: 'all', fields: { gone: 'read' }, actions: ['gone'], flows: ['gone'] }] })],
    ['/grants/0/entity noSuchDefinition', '/grants/1/fields/gone noSuchField', '/grants/1/actions/0 noSuchDefinition', '/grants/1/flows/0 noSuchDefinition'].map((p) => `role rep ${p}`)],
  ['a view full of faults', [thing([]), { kind: 'view', name: 'list', entity: 'thing', label, type: 'table', columns: [{ field: 'gone' }], filters: ['gone'], totals: ['gone'], sort: ['-gone'], rowActions: ['gone'], filter: { field: 'gone', op: 'empty' } } satisfies View],
    ['/columns/0/field noSuchField', '/filters/0 noSuchField', '/totals/0 noSuchField', '/sort/0 noSuchField', '/rowActions/0 noSuchDefinition', '/filter badFilter'].map((p) => `view list ${p}`)],
  ['a chart of nothing', [thing([]), chart(undefined)], ['view bars /chart missingMember']],
  ['a chart in a table', [thing([]), { ...chart({ groupBy: 'name', measure: { op: 'count' } }), type: 'table' } satisfies View], ['view bars /chart badMember']],
  ['a chart of what it cannot group or add up', [thing([field('lines', 'rows', { fields: [field('text', 'a')] })]), chart({ groupBy: 'rows', measure: { op: 'sum', field: 'name' } })], ['view bars /chart/groupBy wrongFieldType', 'view bars /chart/measure/field wrongFieldType']],
  ['a chart that adds up nothing', [thing([]), chart({ groupBy: 'name', measure: { op: 'sum' } })], ['view bars /chart/measure/field missingMember']],
  ['a chart that counts a field', [thing([]), chart({ groupBy: 'name', measure: { op: 'count', field: 'name' } })], ['view bars /chart/measure/field badMember', 'view bars /chart/measure/field wrongFieldType']],
  ['a kanban of an entity without stages', [thing([]), { kind: 'view', name: 'board', entity: 'thing', label, type: 'kanban' } satisfies View], ['view board /type badMember']],
  ['a form full of faults', [thing([]), { kind: 'form', name: 'edit', entity: 'thing', label, purpose: 'edit', tabs: [{ id: 'tab', label, sections: [{ id: 's', items: [{ field: 'gone' }, { related: 'gone', label, via: 'x', columns: ['name'] }, { related: 'thing', label, columns: ['gone'], sort: ['gone'] }] }] }] } satisfies Form],
    ['/tabs/0/sections/0/items/0/field noSuchField', '/tabs/0/sections/0/items/1/related noSuchDefinition', '/tabs/0/sections/0/items/2 badMember', '/tabs/0/sections/0/items/2/columns/0 noSuchField', '/tabs/0/sections/0/items/2/sort/0 noSuchField'].map((p) => `form edit ${p}`)],
  ['a menu with an unknown entity', [{ kind: 'template', name: 't', version: '1.0.0', label, menu: [{ id: 'm', label, entities: ['gone'] }] } satisfies Template], ['template t /menu/0/entities/0 noSuchDefinition']],

  ['faults in several documents at once', [thing([formula('f', 'x')]), role('rep', { grants: [{ entity: 'gone', verbs: ['read'], scope: 'all' }] }), flowWith([start, approved], ['start > approved'], { entity: 'gone' })], ['entity thing /fields/1/formula badExpression', 'role rep /grants/0/entity noSuchDefinition', 'flow flow /entity noSuchDefinition']],
]

function staged() {
  const all = ['open', 'won', 'lost', 'paused'].map((value) => ({ value, label }))
  return thing([field('enum', 'mode', { optionsFrom: 'pipelines' }), field('enum', 'stage', { optionsFrom: 'stages' }), field('enum', 'status', { options: all })], { pipeline: { pipelineField: 'mode', stageField: 'stage', statusField: 'status' } })
}
function pipelineWith(members: Partial<Pipeline>): Pipeline {
  return { kind: 'pipeline', name: 'sales', entity: 'thing', label, stages: [{ id: 'lead', label, category: 'open' }], ...members }
}
function flowWith(nodes: Flow['nodes'], ways: string[], members: Partial<Flow> = {}): Flow {
  return flow(nodes, ways, members)
}
function action(members: Partial<Action>): Action {
  return { kind: 'action', name: 'go', entity: 'thing', label, steps: [], ...members }
}

describe('meaning', () => {
  test.each(cases)('%s', (_, documents, expected) => {
    expect(documents.filter((d) => d.kind !== 'action').flatMap(definitionProblems).filter((p) => p.code === 'unknownMember')).toEqual([])
    expect(problemsIn(documents).sort()).toEqual([...expected].sort())
  })

  test('a loop without people is named once, as a path of its steps', () => {
    const { problems } = compileCatalog([...systemDefinitions, thing([]), flowWith([start, by, { ...by, id: 'by2', label: { en: 'Again', zh: '再次' } }, approved], ['start > by', 'by > by2 else', 'by2 > by else', 'by2 > approved when true'])])
    expect(problems.map((p) => p.params)).toEqual([{ path: { en: 'by → Again → by', zh: 'by → 再次 → by' } }])
  })

  test('flows that call each other are named as a path', () => {
    const { problems } = compileCatalog([...systemDefinitions, thing([]), ...['first', 'second', 'third'].map((name, i, all) => flowWith([start, call('c', all[(i + 1) % 3]!), approved], ['start > c', 'c > approved'], { name }))])
    expect(problems.map((p) => [p.key, p.params])).toEqual([['first', { path: 'first → second → third → first' }]])
  })

  test('a circle is named with its path', () => {
    const { problems } = compileCatalog([...systemDefinitions, thing([formula('a', 'b'), formula('b', 'c + 1'), formula('c', 'a')])])
    expect(problems.map((p) => p.params)).toEqual([{ path: 'thing.a → thing.b → thing.c → thing.a' }])
  })

  test('compiling never fails, whatever is missing', () => {
    for (const [, documents] of cases) for (const document of documents) expect(() => compileCatalog([document])).not.toThrow()
  })
})

describe('what is compiled', () => {
  test('formulas stand in the order in which they need each other', () => {
    const catalog = soundCatalog([thing([formula('c', 'b + 1'), formula('b', 'a + 1'), field('integer', 'a')])])
    expect(catalog.entities.get('thing')!.steps.map((s) => s.field.name)).toEqual(['b', 'c'])
  })

  test('what depends on today is not stored, nor what depends on that', () => {
    const catalog = soundCatalog([thing([field('date', 'due'), formula('age', 'daysBetween(due, today)'), formula('late', 'age > 0', 'boolean'), formula('name2', 'name', 'text')])])
    const volatile = [...catalog.entities.get('thing')!.fields.values()].filter((f) => f.volatile).map((f) => f.name)
    expect(volatile).toEqual(['age', 'late'])
  })

  test('options come from definitions', () => {
    const catalog = soundCatalog([staged(), pipelineWith({}), pipelineWith({ name: 'other', stages: [{ id: 'first', label, category: 'open' }, { id: 'lead', label, category: 'open' }] })])
    const optionsOf = (name: string) => catalog.entities.get('thing')!.fields.get(name)!.type.options!(catalog.entities.get('thing')!.fields.get(name)!.definition)!.map((o) => o.value)
    expect(optionsOf('mode').sort()).toEqual(['other', 'sales'])
    expect(optionsOf('stage').sort()).toEqual(['first', 'lead'])
  })

  test('a roll-up has the type of what it adds up, also through another roll-up', () => {
    const catalog = soundCatalog([
      entity('top', [field('text', 'name'), field('rollup', 'total', { rollup: { entity: 'middle', via: 'top', op: 'sum', field: 'total' } }), field('rollup', 'many', { rollup: { entity: 'middle', via: 'top', op: 'count' } })]),
      entity('middle', [field('text', 'name'), field('reference', 'top', { entity: 'top' }), field('rollup', 'total', { rollup: { entity: 'bottom', via: 'middle', op: 'sum', field: 'amount' } })]),
      entity('bottom', [field('text', 'name'), field('reference', 'middle', { entity: 'middle' }), field('money', 'amount', { scale: 4 })]),
    ])
    expect(catalog.entities.get('top')!.fields.get('total')!.effective).toMatchObject({ type: 'money', scale: 4, name: 'total' })
    expect(catalog.entities.get('top')!.fields.get('many')!.effective).toMatchObject({ type: 'integer' })
  })
})
