import type { Definition } from '../../schemas/generated/types'
import type { Kind } from '../editor/documents'
import type { TextKey } from '../i18n'

type Extent<D> = (definition: D) => { key: Extract<TextKey, `extent.${string}`>; count: number }

/** What a definition consists of, in one number: one line a kind. */
const extents: { [K in Kind]: Extent<Extract<Definition, { kind: K }>> } = {
  entity: (d) => ({ key: 'extent.fields', count: d.fields.length }),
  pipeline: (d) => ({ key: 'extent.stages', count: d.stages.length }),
  flow: (d) => ({ key: 'extent.nodes', count: d.nodes.length }),
  form: (d) => ({ key: 'extent.items', count: d.tabs.flatMap((t) => t.sections.flatMap((s) => s.items)).length }),
  view: (d) => ({ key: 'extent.columns', count: d.columns?.length ?? 0 }),
  action: (d) => ({ key: 'extent.steps', count: d.steps.length }),
  role: (d) => ({ key: 'extent.grants', count: d.grants.length }),
  sharing: (d) => ({ key: 'extent.receivers', count: Object.values(d.with).flat().length }),
  ruleTable: (d) => ({ key: 'extent.versions', count: d.versions.length }),
  dictionary: (d) => ({ key: 'extent.items', count: d.items.length }),
  calendar: (d) => ({ key: 'extent.days', count: d.days?.length ?? 0 }),
  template: (d) => ({ key: 'extent.groups', count: d.menu.length }),
}

export const extentOf = (definition: Definition) => (extents[definition.kind] as Extent<Definition>)(definition)
