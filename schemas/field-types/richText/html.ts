/**
 * The one whitelist of rich text and the only reader of it. What is read becomes a tree of allowed elements; everything else, whatever
 * it was, is text or gone. What is stored, shown and searched is made from that tree, so nothing that was not understood is ever handed on.
 */

/** Elements that stand for themselves, and those that mean the same. */
const allowed = ['p', 'h2', 'h3', 'ul', 'ol', 'li', 'blockquote', 'strong', 'em', 'u', 's', 'code', 'a', 'br'] as const
export type Tag = (typeof allowed)[number]
const synonyms: Record<string, Tag> = { b: 'strong', i: 'em', strike: 's', del: 's', h1: 'h2', h4: 'h3', h5: 'h3', h6: 'h3', div: 'p' }
const blocks: readonly Tag[] = ['p', 'h2', 'h3', 'ul', 'ol', 'li', 'blockquote']
/** Their content goes with them. */
const dropped = ['script', 'style', 'svg', 'math', 'iframe', 'object', 'embed', 'template', 'noscript', 'textarea', 'title', 'head', 'select', 'video', 'audio', 'canvas', 'xmp', 'plaintext']
const deepest = 12

export interface Element { tag: Tag; href?: string; children: Node[] }
export type Node = string | Element

const isTag = (name: string): name is Tag => (allowed as readonly string[]).includes(name)
const tagOf = (name: string): Tag | undefined => (isTag(name) ? name : Object.hasOwn(synonyms, name) ? synonyms[name] : undefined)

/** A comment, a tag whose quoted attributes may hold `>`, or text. No form but a comment goes beyond the next `<`, so reading takes time in proportion to the text. */
const token = /<!--[^]*?(?:-->|$)|<[!?][^>]*>?|<(\/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>|[^<]+|</g
/** Signs that Unicode keeps out of texts; the stored form is written with them. */
const reserved = /[\ufdd0-\ufdef]/g

export function readRich(html: string): Node[] {
  const root: Element = { tag: 'p', children: [] }
  const open: Element[] = [root]
  let skipping: string | undefined
  for (const [text, closing, name = '', attributes = ''] of html.matchAll(token)) {
    const lower = name.toLowerCase()
    if (skipping !== undefined) { if (closing && lower === skipping) skipping = undefined; continue }
    if (lower === '') { if (!/^<[!?]/.test(text)) add(open.at(-1)!, decoded(text)) }
    else if (dropped.includes(lower)) { if (!closing && !attributes.endsWith('/')) skipping = lower }
    else if (closing) close(open, tagOf(lower))
    else begin(open, tagOf(lower), attributes)
  }
  return inParagraphs(tidy(root.children, root.tag))
}

function add(parent: Element, text: string) {
  const last = parent.children.at(-1)
  if (typeof last === 'string') parent.children[parent.children.length - 1] = last + text
  else if (text !== '') parent.children.push(text)
}

function begin(open: Element[], tag: Tag | undefined, attributes: string) {
  if (tag === undefined || (open.length > deepest && tag !== 'br')) return
  if (tag === 'p') while (inlineOrParagraph(open.at(-1)!) && open.length > 1) open.pop()
  if (blocks.includes(tag) && tag !== 'p') while (open.length > 1 && inlineOrParagraph(open.at(-1)!)) open.pop()
  if (tag === 'li' && open.at(-1)!.tag === 'li') open.pop()
  const href = tag === 'a' ? safeLink(attributes) : undefined
  if (tag === 'a' && href === undefined) return
  const element: Element = { tag, ...(href !== undefined && { href }), children: [] }
  open.at(-1)!.children.push(element)
  if (tag !== 'br') open.push(element)
}

const inlineOrParagraph = ({ tag }: Element) => tag === 'p' || tag === 'h2' || tag === 'h3' || !blocks.includes(tag)

function close(open: Element[], tag: Tag | undefined) {
  const at = tag === undefined ? -1 : open.findLastIndex((element, i) => i > 0 && element.tag === tag)
  if (at > 0) open.length = at
}

/** The address of a link: http, https, mailto or tel, said in plain words; nothing else. */
function safeLink(attributes: string): string | undefined {
  const [, double, single, bare] = /(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/i.exec(attributes) ?? []
  const address = decoded(double ?? single ?? bare ?? '').trim()
  return /^(https?:\/\/|mailto:|tel:)[^\s"<>\\^`{|}\p{C}]{1,2000}$/iu.test(address) ? address.replace(/[^\x21-\x7e]+/g, encodeURIComponent) : undefined
}

/** White space as a browser shows it. */
function tidy(nodes: Node[], within: Tag): Node[] {
  const list = within === 'ul' || within === 'ol'
  return nodes.flatMap((node): Node[] => {
    if (typeof node !== 'string') return [{ ...node, children: tidy(node.children, node.tag) }]
    const text = node.replace(reserved, '').replace(/[ \t\n\r\f]+/g, ' ')
    return text === '' || (list && text === ' ') ? [] : [text]
  })
}

/** Loose text and marks on the top become a paragraph; white space between blocks says nothing. */
function inParagraphs(nodes: Node[]): Node[] {
  const result: Element[] = []
  let loose: Element | undefined
  for (const node of nodes) {
    if (typeof node !== 'string' && blocks.includes(node.tag)) { loose = undefined; result.push(node); continue }
    if (!loose && typeof node === 'string' && node.trim() === '') continue
    if (!loose) result.push(loose = { tag: 'p', children: [] })
    loose.children.push(node)
  }
  return result
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

const decoded = (text: string) => text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
  if (name !== undefined) return Object.hasOwn(entities, name.toLowerCase()) ? entities[name.toLowerCase()]! : whole
  const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal)
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
})

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

export function writeRich(nodes: readonly Node[]): string {
  return nodes.map((node) => {
    if (typeof node === 'string') return escaped(node)
    if (node.tag === 'br') return '<br>'
    return `<${node.tag}${node.href === undefined ? '' : ` href="${escaped(node.href)}"`}>${writeRich(node.children)}</${node.tag}>`
  }).join('')
}

/** What is to be read of it: a line a block. */
export function plainText(nodes: readonly Node[]): string {
  const text = (list: readonly Node[]): string => list.map((node) => {
    if (typeof node === 'string') return node
    if (node.tag === 'br') return '\n'
    return blocks.includes(node.tag) ? `\n${text(node.children)}\n` : text(node.children)
  }).join('')
  return text(nodes).replace(/\n{2,}/g, '\n').replace(/^\n|\n$/g, '')
}
