/** BPMN 2.0 as bpmn-moddle reads and writes it, with an extension namespace of ours that holds what BPMN has no words for. */
import { BpmnModdle } from 'bpmn-moddle'

/** An element of the tree; what it may hold depends on its type. */
export interface Element {
  $type: string
  $attrs?: Record<string, string>
  id?: string
  name?: string
  flowElements?: Element[]
  sourceRef?: Element
  targetRef?: Element
  default?: Element
  conditionExpression?: { body?: string }
  extensionElements?: { values?: Element[] }
  eventDefinitions?: Element[]
  body?: string
  /** Texts of elements of other vendors. */
  $body?: string
  [member: string]: unknown
}

export const namespace = 'https://formwright.dev/bpmn/1'
const content = (name: string) => ({ name, superClass: ['Element'], properties: [{ name: 'body', type: 'String', isBody: true }] })
const extension = { name: 'Formwright', uri: namespace, prefix: 'formwright', xml: { tagAlias: 'lowerCase' }, types: [content('Flow'), content('Node'), content('Edge')] }

export const moddle = new BpmnModdle({ formwright: extension }) as unknown as {
  create(type: string, members?: object): Element
  toXML(root: Element, options: { format: boolean }): Promise<{ xml: string }>
  fromXML(xml: string): Promise<{ rootElement: Element; warnings: { message: string; element?: Element }[] }>
}

/** Our part of an element: the JSON it was made of. */
export function carry(type: 'Flow' | 'Node' | 'Edge', value: unknown): Element {
  const body = JSON.stringify(value).replace(/[\uFFFE\uFFFF]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)
  return moddle.create('bpmn:ExtensionElements', { values: [moddle.create(`formwright:${type}`, { body })] })
}

export function carried<T extends object>(type: 'Flow' | 'Node' | 'Edge', element: Element): T | undefined {
  const found = element.extensionElements?.values?.find((v) => v.$type === `formwright:${type}`)
  if (!found?.body) return undefined
  try {
    const value = JSON.parse(found.body) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as T) : undefined
  } catch {
    return undefined
  }
}
