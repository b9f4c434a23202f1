import type { CompiledEntity, CompiledField } from '../../../../runtime/engine/model'
import type { Flow } from '../../../../schemas/generated/types'

/** Fields of the entity that the flow's texts name: conditions, expressions, people in fields. Effects write, and are not asked. */
export function fieldsAskedFor({ nodes, edges, trigger }: Flow, entity: CompiledEntity): CompiledField[] {
  const words = new Set<string>()
  collect([trigger, edges.map((e) => e.when), nodes.map(({ effects: _effects, label: _label, ...node }: { effects?: unknown; label?: unknown }) => node)], words)
  return [...entity.fields.values()].filter((f) => words.has(f.name))
}

function collect(value: unknown, words: Set<string>): void {
  if (typeof value === 'string') for (const [word] of value.replace(/'[^']*'|"[^"]*"/g, ' ').matchAll(/(?<![.\w])[A-Za-z_]\w*/g)) words.add(word)
  else if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) collect(member, words)
}
