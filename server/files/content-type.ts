/** What a file is, by its first bytes. What the sender says counts only between the formats that share a container. */
import { extname } from 'node:path'

/** Bytes from the start that `contentType` wants to see. */
export const headSize = 4096
export const unknownType = 'application/octet-stream'

export function contentType(head: Buffer, name: string): string {
  const known = signatures.find(([, matches]) => matches(head))
  if (known) return known[0]
  const container = containers.find(({ matches }) => matches(head))
  if (container) return container.formats[extname(name).toLowerCase()] ?? container.otherwise
  return isText(head) ? 'text/plain' : unknownType
}

type Matches = (head: Buffer) => boolean
const at = (offset: number, ...texts: string[]): Matches => (head) => texts.some((text) => head.subarray(offset, offset + text.length).equals(Buffer.from(text, 'latin1')))
const both = (a: Matches, b: Matches): Matches => (head) => a(head) && b(head)

const signatures: [type: string, matches: Matches][] = [
  ['image/png', at(0, '\x89PNG\r\n\x1a\n')],
  ['image/jpeg', at(0, '\xff\xd8\xff')],
  ['image/gif', at(0, 'GIF87a', 'GIF89a')],
  ['image/webp', both(at(0, 'RIFF'), at(8, 'WEBP'))],
  ['audio/wav', both(at(0, 'RIFF'), at(8, 'WAVE'))],
  ['application/pdf', at(0, '%PDF-')],
  ['application/gzip', at(0, '\x1f\x8b')],
  ['application/x-7z-compressed', at(0, '7z\xbc\xaf\x27\x1c')],
  ['application/vnd.rar', at(0, 'Rar!\x1a\x07')],
  ['video/mp4', at(4, 'ftyp')],
  ['audio/mpeg', at(0, 'ID3', '\xff\xfb', '\xff\xf3', '\xff\xf2')],
]

interface Container { matches: Matches; formats: Record<string, string>; otherwise: string }
const names = (...parts: string[]): Matches => (head) => parts.some((part) => head.includes(part, 0, 'latin1'))
const office = 'application/vnd.openxmlformats-officedocument'
const open = 'application/vnd.oasis.opendocument'

const containers: Container[] = [
  {
    matches: both(at(0, 'PK\x03\x04'), names('[Content_Types].xml', 'word/', 'xl/', 'ppt/')), otherwise: 'application/zip',
    formats: { '.docx': `${office}.wordprocessingml.document`, '.xlsx': `${office}.spreadsheetml.sheet`, '.pptx': `${office}.presentationml.presentation` },
  },
  { matches: both(at(0, 'PK\x03\x04'), at(30, `mimetype${open}`)), formats: { '.odt': `${open}.text`, '.ods': `${open}.spreadsheet`, '.odp': `${open}.presentation` }, otherwise: 'application/zip' },
  { matches: at(0, 'PK\x03\x04', 'PK\x05\x06'), formats: {}, otherwise: 'application/zip' },
  { matches: at(0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), formats: { '.doc': 'application/msword', '.xls': 'application/vnd.ms-excel', '.ppt': 'application/vnd.ms-powerpoint' }, otherwise: unknownType },
]

/** Whatever has no control bytes, in UTF-8 or GBK. Markup is text too: it is never shown as anything else. */
const isText = (head: Buffer) => head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d)
