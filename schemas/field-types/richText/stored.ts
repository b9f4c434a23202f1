/** The stored form of rich text: what people read, a mark, and the marks of the format around lengths of that text, written in signs no text has. */
import { plainText, readRich, writeRich, type Node } from './html'

const mark = '\ufdd0'
/** Sixteen signs for half a byte each. */
const first = 0xfdd1

export function toStoredText(html: string): string {
  const nodes = readRich(html)
  const plain = plainText(nodes)
  let at = 0
  const measured = (list: readonly Node[]): Node[] => list.map((node) => {
    if (typeof node !== 'string') return { ...node, children: measured(node.children) }
    const start = plain.indexOf(node, at)
    at = start + node.length
    return `${start}+${node.length}`
  })
  return plain + mark + hidden(writeRich(measured(nodes)))
}

/** The HTML again. A text without marks of format, of a field that had another type, is one of lines. */
export function fromStoredText(stored: string): string {
  const at = stored.indexOf(mark)
  if (at < 0) return fromLines(stored)
  const plain = stored.slice(0, at)
  return shown(stored.slice(at + 1)).replace(/(<[^>]*>)|(\d+)\+(\d+)/g, (_whole, tag: string | undefined, start: string, length: string) => tag ?? writeRich([plain.slice(Number(start), Number(start) + Number(length))]))
}

export const fromLines = (text: string) => writeRich(text.split(/\r\n?|\n/).filter((line) => line.trim() !== '').map((line) => ({ tag: 'p', children: [line] })))

const hidden = (text: string) => [...text].map((c) => String.fromCharCode(first + (c.charCodeAt(0) >> 4), first + (c.charCodeAt(0) & 15))).join('')
const shown = (text: string) => text.replace(/[^]{2}/g, (pair) => String.fromCharCode(((pair.charCodeAt(0) - first) << 4) + pair.charCodeAt(1) - first))
