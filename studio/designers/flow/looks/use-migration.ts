import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLabel, useLanguage } from '../../../../runtime/app/i18n'
import type { Flow } from '../../../../schemas/generated/types'
import { migrateInstances, tryMigration, type Migrated, type MigrationPlan, type NodeMapping, type NodeName } from '../../../api/studio-api'
import { choiceText } from '../../../i18n/words'

/** A dry run for every mapping one chooses, and the migration itself. */
export function useMigration(flow: Flow) {
  const [mapping, setMapping] = useState<NodeMapping>({})
  const [done, setDone] = useState<Migrated[]>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const plan = useQuery({ queryKey: ['flow-migration', flow.name, mapping], queryFn: () => tryMigration(flow.name, mapping), staleTime: 0, retry: false, placeholderData: (previous) => previous })
  const map = (node: string, to: string | undefined) => setMapping(({ [node]: _, ...rest }) => (to === undefined ? rest : { ...rest, [node]: to }))
  const run = async (instances: string[], comment: string) => {
    setBusy(true)
    setError(undefined)
    try {
      setDone((await migrateInstances(flow.name, { to: plan.data!.to, mapping, instances, comment: comment.trim() || null })).items)
      await plan.refetch()
    } catch (problem) { setError(problem) } finally { setBusy(false) }
  }
  return { plan: plan.data, loading: plan.isFetching, error: error ?? plan.error, mapping, map, run, busy, done }
}

/** Nodes where something waits: those that are gone, and those that are still there. */
export function nodesOf({ items, nodes }: MigrationPlan, mapping: NodeMapping): { gone: string[]; kept: string[] } {
  const there = new Set(nodes.map((n) => n.id))
  const lacking = items.flatMap((i) => i.problems.map((p) => p.path.slice('/mapping/'.length)))
  const all = [...new Set([...items.flatMap((i) => i.tokens.map((t) => t.node)), ...lacking, ...Object.keys(mapping)])]
  return { gone: all.filter((node) => !there.has(node)), kept: all.filter((node) => there.has(node)) }
}

/** A node's name in the version that has it, the newest first. */
export function useMigratedName(plan: MigrationPlan): (id: string) => string {
  const read = useLabel()
  const language = useLanguage()
  const lists: NodeName[][] = [plan.nodes, ...plan.versions.map((v) => v.nodes).toReversed()]
  return (id) => {
    const node = lists.flatMap((nodes) => nodes.find((n) => n.id === id) ?? [])[0]
    return node ? read(node.label) || choiceText('FlowNode', node.type, language) : id
  }
}
