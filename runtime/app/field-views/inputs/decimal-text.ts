/** Decimal texts as people type and read them; never a float in between. */

const fullWidth = /[０-９．，－]/g
const toHalf = (c: string) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)

/** "１，２３４．5" → "1234.5". Null while it is no number yet; letters and signs of currency are left out. */
export function readDecimal(typed: string): string | null {
  const kept = typed.replace(fullWidth, toHalf).replace(/[^0-9.-]/g, '')
  const match = /^(-?)0*(\d*)(?:\.(\d*))?$/.exec(kept)
  if (!match) return null
  const [, sign = '', whole = '', fraction = ''] = match
  if (whole === '' && fraction === '' && !/\d/.test(kept)) return null
  return `${sign}${whole || '0'}${fraction === '' ? '' : `.${fraction}`}`
}

export function groupDigits(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? digits : `${digits}.${fraction}`
}

/** Fills up the digits after the point: "1.5" → "1.50". Takes none away. */
export function padDecimals(text: string, scale: number): string {
  const [whole = '', fraction = ''] = text.split('.')
  return scale === 0 && fraction === '' ? whole : `${whole}.${fraction.padEnd(scale, '0')}`
}
