/** Hostile rich text: what is kept is always of the whitelist. A known sanitizer, given the same whitelist, finds nothing left to take away. */
import fc from 'fast-check'
import sanitizeHtml from 'sanitize-html'
import { fieldTypes } from '../../schemas/field-types'
import type { RichTextField } from '../../schemas/generated/types'

const field = { name: 'value', type: 'richText', label: { en: 'Text', zh: '文本' } } as RichTextField
const clean = (html: string) => (fieldTypes.richText.normalise!(html, field) as string | null) ?? ''
const known = (html: string) => sanitizeHtml(html, { allowedTags: ['p', 'h2', 'h3', 'ul', 'ol', 'li', 'blockquote', 'strong', 'em', 'u', 's', 'code', 'a', 'br'], allowedAttributes: { a: ['href'] }, allowedSchemes: ['http', 'https', 'mailto', 'tel'], allowProtocolRelative: false }).replaceAll('<br />', '<br>')
/** Quotes in text may be written either way. */
const same = (html: string) => html.replaceAll('&quot;', '"')

const hostile: [html: string, kept: string][] = [
  ['<p>a<script>alert(1)</script>b</p>', '<p>ab</p>'], ['<SCRIPT SRC=//evil.example></SCRIPT>x', '<p>x</p>'], ['<scr<script>ipt>alert(1)</scr</script>ipt>', '<p>&lt;script&gt;</p>'], ['x<script>never closed', '<p>x</p>'],
  ['<p onclick="alert(1)" ONLOAD=x>x</p>', '<p>x</p>'], ['<img src=x onerror=alert(1)>', ''], ['<svg onload=alert(1)><p>x</p></svg>y', '<p>y</p>'], ['<math><mtext><style><img onerror=x></style></mtext></math>y', '<p>y</p>'],
  ['<a href="javascript:alert(1)">x</a>', '<p>x</p>'], ['<a href=" java&#10;script:alert(1)">x</a>', '<p>x</p>'], ['<a href="&#106;avascript&colon;alert(1)">x</a>', '<p>x</p>'], ['<a href=data:text/html,x>x</a>', '<p>x</p>'], ['<a href="//evil.example">x</a>', '<p>x</p>'], ['<a href="/api/v1/session">x</a>', '<p>x</p>'],
  ['<a href="https://a.example/&quot; onclick=&quot;x">x</a>', '<p>x</p>'], ['<a href=\'https://a.example/?a=1&b=2\' target=_top>x</a>', '<p><a href="https://a.example/?a=1&amp;b=2">x</a></p>'], ['<a xhref="https://a.example">x</a>', '<p>x</p>'],
  ['<p style="background:url(javascript:x)" class="fw-modal" id="root">x</p>', '<p>x</p>'], ['<style>p{display:none}</style>x', '<p>x</p>'], ['<iframe srcdoc="<script>x</script>"></iframe>y', '<p>&lt;iframe srcdoc=&quot;&quot;&gt;y</p>'],
  ['<!--><img src=x onerror=alert(1)>-->x', '<p>x</p>'], ['<![CDATA[<script>x</script>]]>y', '<p>x]]&gt;y</p>'], ['<?xml version="1.0"?>x<p>y</p>', '<p>x</p><p>y</p>'], ['<form action=x><input name=y><button>z</button></form>', '<p>z</p>'],
  ['<p title="</p><script>x</script>">y</p>', '<p>&lt;p title=&quot;&quot;&gt;y</p>'], ['&lt;script&gt;alert(1)&lt;/script&gt;<br>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;<br></p>'], ['<p>\ufdd0\ufdd1x</p>', '<p>x</p>'], ['<constructor><__proto__>x<toString>', '<p>&lt;__proto__&gt;x</p>'],
]

test.each(hostile)('%s', (html, kept) => {
  const cleaned = clean(html)
  expect(same(known(cleaned))).toBe(same(cleaned))
  expect(cleaned).toBe(kept)
})

const large: [name: string, html: string][] = [
  ['ten thousand levels', `${'<blockquote>'.repeat(10_000)}x${'</blockquote>'.repeat(10_000)}`], ['as many marks', '<b><i>'.repeat(15_000) + 'x'], ['tags that never close', '<a "'.repeat(40_000)], ['quotes that never close', `<a href="${'<a href=\''.repeat(20_000)}`],
  ['angles', '<'.repeat(190_000)], ['comments', '<!--'.repeat(40_000)], ['entities', '&#x41;&amp;&'.repeat(15_000)], ['a megabyte', '<p>x</p>'.repeat(131_072)],
]

test.each(large)('%s are read through once', (_name, html) => {
  const cleaned = clean(html)
  const depth = [...cleaned.matchAll(/<(\/?)\w+[^>]*>/g)].reduce((at, [tag, closing]) => { const now = tag === '<br>' ? at.now : at.now + (closing ? -1 : 1); return { now, most: Math.max(at.most, now) } }, { now: 0, most: 0 })
  if (html.length <= 200_000) expect(depth.most).toBeLessThan(20)
  else expect(cleaned).toBe(html) // not read at all: it is refused for its length
})

test('whatever is thrown at it', () => {
  const pieces = fc.constantFrom('<p>', '</p>', '<b>', '</b>', '<script>', '</script>', '<svg/onload=x>', '<a href="', 'javascript:', 'https://a.example/', '">', '\'', '"', '<', '>', '&', '&lt;', '&#60;', '<!--', '-->', '<li>', '</ul>', ' onclick=x ', 'text', '<ul>', '<style>', '<![CDATA[', '\u0000', '\n')
  fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 40 }), (parts) => {
    const cleaned = clean(parts.join(''))
    expect(same(known(cleaned))).toBe(same(cleaned))
  }), { numRuns: 500 })
})
