/** The administrative divisions of China: codes of six digits, two a level. The list is long and comes on demand. */
import type { Label } from '../../generated/types'

export interface Region { code: string; name: Label }

export const levels = ['province', 'city', 'district'] as const
export type Level = (typeof levels)[number]

const byCode = new Map<string, Region>()
/** Code → the regions right below it; '' has the provinces. */
const below = new Map<string, Region[]>()

export async function loadRegions(): Promise<void> {
  const { regionLines } = await import('../../generated/regions')
  if (byCode.size > 0) return
  for (const line of regionLines.split('\n')) {
    const [code = '', zh = '', en = ''] = line.split('|')
    const region = { code, name: { en, zh } }
    const above = aboveOf(code)
    byCode.set(code, region)
    below.set(above, [...(below.get(above) ?? []), region])
  }
}

export const regionsKnown = () => byCode.size > 0
export const regionOf = (code: string) => byCode.get(code)
export const regionsIn = (code: string): readonly Region[] => below.get(code) ?? []

/** 330000 → 33, 330100 → 3301: how the codes of all that lies in a region begin. */
export const stemOf = (code: string) => code.replace(/^(\d\d)0000$/, '$1').replace(/^(\d{4})00$/, '$1')
export const levelOf = (code: string): Level => levels[stemOf(code).length / 2 - 1]!

/** The region's code after those it lies in, from the province on. */
export const chainOf = (code: string): string[] => (code === '' ? [] : [...chainOf(aboveOf(code)), code])

/** The names on the way down; a level that only repeats the one above, or only collects what has no city, is left out. */
export function namesOf(code: string): Label[] {
  const names = chainOf(code).map((one) => byCode.get(one)?.name)
  return names.filter((name, i): name is Label => name !== undefined && name.zh !== names[i - 1]?.zh && !collecting.test(name.zh))
}

const collecting = /^(县|.*直辖县.*)$/

function aboveOf(code: string): string {
  const stem = stemOf(code)
  return stem.length === 2 ? '' : stem.slice(0, -2).padEnd(6, '0')
}

/** `sure`: said in full or by two names; 吉林路 begins with the name of a province and means a road. */
interface Reading { code: string; rest: string; sure: boolean }

/** The region a text begins with, and what follows: “浙江省杭州市西湖区文三路” or “Zhejiang / Hangzhou”. Below the province none may be skipped but a level that only collects. */
export function readRegion(text: string): Reading | undefined {
  const first = nextOf(text, regionsIn('')) ?? nextOf(text, regionsIn('').flatMap(({ code }) => regionsIn(code)))
  if (!first) return undefined
  for (let found = first; ;) {
    const children = regionsIn(found.code)
    const next = nextOf(found.rest, children) ?? nextOf(found.rest, children.filter(({ name }) => skipped(found.code, name)).flatMap(({ code }) => regionsIn(code)))
    if (!next) return found
    found = { ...next, sure: true }
  }
}

const skipped = (code: string, name: Label) => collecting.test(name.zh) || name.zh === byCode.get(code)?.name.zh

/** The longest name that the text begins with. */
function nextOf(text: string, among: readonly Region[]): Reading | undefined {
  const plain = text.replace(/^[\s/,，、·>-]+/, '')
  const starts = among.flatMap(({ code, name }) => [name.zh, shortOf(name.zh), name.en].filter((one) => one.length > 1 && beginsWith(plain, one)).map((one) => ({ code, rest: plain.slice(one.length), sure: one === name.zh, length: one.length })))
  return starts.sort((a, b) => b.length - a.length)[0]
}

/** A word of letters ends where it ends: Hebei does not begin with He. */
const beginsWith = (text: string, name: string) => text.slice(0, name.length).toLowerCase() === name.toLowerCase() && !(/[a-z]$/i.test(name) && /[a-z]/i.test(text[name.length] ?? ''))

/** 浙江省 → 浙江, 广西壮族自治区 → 广西; a district keeps its kind unless two characters remain. */
const shortOf = (name: string) => {
  const short = name.replace(/(特别行政区|(壮族|回族|维吾尔)?自治区|省|市|区|县)$/, '')
  return short.length > 1 ? short : name
}
