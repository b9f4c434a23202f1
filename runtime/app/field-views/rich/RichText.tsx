import { createElement, useMemo, type ReactNode } from 'react'
import { readRich, type Node } from '../../../../schemas/field-types/richText/html'
import './rich.css'

/** Rich text as elements made from its whitelist: no HTML is handed to the browser. */
export function RichText({ html }: { html: string }) {
  const nodes = useMemo(() => readRich(html), [html])
  return <div className="fw-rich">{nodes.map(drawn)}</div>
}

function drawn(node: Node, key: number): ReactNode {
  if (typeof node === 'string') return node
  const link = node.href === undefined ? {} : { href: node.href, target: '_blank', rel: 'noopener noreferrer' }
  return createElement(node.tag, { key, ...link }, ...(node.tag === 'br' ? [] : node.children.map(drawn)))
}
