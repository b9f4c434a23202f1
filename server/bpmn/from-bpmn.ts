/** A BPMN 2.0 file as a draft of a flow, with a list of what has no counterpart. What we wrote ourselves comes back as it was. */
import type { Problem, ProblemCode } from '../../schemas/errors'
import type { Edge, Flow, FlowNode } from '../../schemas/generated/types'
import { hasDefault, makers } from './elements'
import { refuse, refuseHostile } from './guard'
import { carried, moddle, type Element } from './moddle'
import { repaired } from './repair'
import { nameOf } from './to-bpmn'

/** What does not map: `path` is empty, `params` name the element. */
export type Note = Problem
export interface Read { flow: Flow; notes: Note[] }

/** Fails with badBpmn where it is no BPMN, or reading it could cost too much. `into`: what the file does not say. */
export async function fromBpmn(xml: string, into: { name: string; entity: string | undefined }): Promise<Read> {
  refuseHostile(xml)
  const { rootElement, warnings } = await parse(xml)
  const processes = rootElements(rootElement).filter((e) => e.$type === 'bpmn:Process').sort((a, b) => (b.flowElements?.length ?? 0) - (a.flowElements?.length ?? 0))
  const process = processes[0]
  if (!process) refuse({ en: 'it has no process', zh: '不含流程' })
  const notes = [...warnings.filter((w) => w.element).map((w) => note('bpmnWarning', w.element!, w.message.split('\n')[0]!)), ...rootElements(rootElement).filter((e) => e !== process && leftOut.has(e.$type)).map((e) => note('bpmnIgnored', e))]
  return new Reader(process, notes).read(into)
}

async function parse(xml: string) {
  try { return await moddle.fromXML(xml) } catch (error) { return refuse({ en: (error as Error).message.split('\n')[0]!.slice(0, 200), zh: '不是有效的 BPMN 文件' }) }
}

const leftOut = new Set(['bpmn:Process', 'bpmn:Collaboration', 'bpmn:Choreography'])
const rootElements = (root: Element) => (root.rootElements as Element[] | undefined) ?? []
const note = (code: ProblemCode, { id = '?', name, $type }: Element, reason = ''): Note => ({ path: '', code, params: { element: id, name: name ?? id, type: $type.replace('bpmn:', ''), reason } })

class Reader {
  private readonly ids = new Map<Element, string>()
  private readonly taken = new Set<string>()
  constructor(private readonly process: Element, private readonly notes: Note[]) {}

  read({ name, entity }: { name: string; entity: string | undefined }): Read {
    const own = carried<Flow>('Flow', this.process)
    const elements = this.process.flowElements ?? []
    for (const lanes of (this.process.laneSets as Element[] | undefined) ?? []) this.notes.push(note('bpmnIgnored', lanes))
    const nodes = elements.filter((e) => e.$type !== 'bpmn:SequenceFlow').flatMap((e) => this.nodeOf(e))
    for (const element of elements) { const edge = carried<Edge>('Edge', element); if (edge) this.taken.add(edge.id) }
    const gone = new Set(elements.filter((e) => e.$type !== 'bpmn:SequenceFlow' && !this.ids.has(e)))
    const edges = bridged(elements.filter((e) => e.$type === 'bpmn:SequenceFlow' && e.sourceRef && e.targetRef), gone).map((way, i) => this.edgeOf(way, i))
    const label = { en: this.process.name ?? name, zh: this.process.name ?? name }
    const flow = { kind: 'flow' as const, name, label, ...own, entity: own?.entity ?? entity ?? '', nodes, edges } as Flow
    return own ? { flow, notes: this.notes } : { flow: repaired(flow, this.notes, this.taken), notes: this.notes }
  }

  private nodeOf(element: Element): FlowNode[] {
    const own = carried<FlowNode>('Node', element)
    const made = own ? undefined : makers[element.$type]?.(element)
    if (!own && !made) { this.notes.push(note('bpmnIgnored', element)); return [] }
    if (made?.guessed) this.notes.push(note('bpmnAssignee', element))
    const id = this.idFor(element, own?.id)
    if (own) return [{ ...own, id, ...this.labelOf(element, own.label) }]
    const label = element.name ? { label: { en: element.name.slice(0, 200), zh: element.name.slice(0, 200) } } : {}
    return [{ id, ...made!.node, ...label } as FlowNode]
  }

  /** A name that was changed in another tool is the label in both languages. */
  private labelOf({ name }: Element, label: FlowNode['label']): { label?: NonNullable<FlowNode['label']> } {
    const same = (['en', 'zh'] as const).some((language) => (nameOf(label, language) ?? '') === (name ?? ''))
    return same || !name ? {} : { label: { en: name, zh: name } }
  }

  private edgeOf({ way, source, target }: Way, order: number): Edge {
    const own = carried<Edge>('Edge', way)
    const ends = { source: this.ids.get(source)!, target: this.ids.get(target)! }
    const when = conditionOf(way)
    const isDefault = source.default === way
    if (own) {
      const { when: _when, ...rest } = own
      const edge: Edge = { ...rest, ...ends, ...this.labelOf(way, own.label), ...(when !== undefined && { when: own.when?.trim() === when ? own.when : when }) }
      if (hasDefault(source) && isDefault !== (edge.default === true)) { if (isDefault) edge.default = true; else delete edge.default }
      return edge
    }
    return { id: unique('e', this.taken), ...ends, order, ...(way.name && { label: { en: way.name.slice(0, 200), zh: way.name.slice(0, 200) } }), ...(when !== undefined && { when }), ...(isDefault && { default: true }) }
  }

  private idFor(element: Element, own: string | undefined): string {
    const id = own !== undefined && !this.taken.has(own) ? own : unique(own ?? toName(element.id ?? 'node'), this.taken)
    this.taken.add(id)
    this.ids.set(element, id)
    return id
  }
}

/** Other tools wrap expressions: `${…}`, `#{…}`, `=…`. */
function conditionOf({ conditionExpression }: Element): string | undefined {
  const text = conditionExpression?.body?.trim()
  if (!text) return undefined
  return /^[$#]\{([^{}]*)\}$/.exec(text)?.[1]?.trim() ?? text.replace(/^=\s*/, '')
}

interface Way { way: Element; source: Element; target: Element }

/** What is left out is stepped over: its ways in lead to where its ways out led. */
function bridged(ways: Element[], gone: ReadonlySet<Element>): Way[] {
  const out = new Map<Element, Element[]>()
  for (const way of ways) out.set(way.sourceRef!, [...(out.get(way.sourceRef!) ?? []), way])
  const targets = (element: Element, seen: Set<Element>): Element[] => {
    const found: Element[] = []
    for (const open = [element]; open.length > 0; ) {
      const at = open.pop()!
      if (!gone.has(at)) { found.push(at); continue }
      if (seen.has(at)) continue
      seen.add(at)
      open.push(...(out.get(at) ?? []).map((w) => w.targetRef!))
    }
    return [...new Set(found)]
  }
  return ways.filter((w) => !gone.has(w.sourceRef!)).flatMap((way) => targets(way.targetRef!, new Set()).map((target) => ({ way, source: way.sourceRef!, target })))
}

/** A technical name out of another tool's id: Activity_0x1 → activity0x1. */
function toName(id: string): string {
  const joined = id.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase()).replace(/^[^A-Za-z]+/, '')
  return (joined.charAt(0).toLowerCase() + joined.slice(1)).slice(0, 50) || 'node'
}

/** A name nobody has yet. */
export function unique(base: string, taken: Set<string>): string {
  let name = base
  for (let i = 1; taken.has(name); i++) name = `${base}${i}`
  taken.add(name)
  return name
}
