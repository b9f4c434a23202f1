/** JSON that nests so deeply that walking it would overflow the stack is refused before it is read, wherever it comes from. */

/** Far more than a definition or a record needs. */
export const deepest = 100

const [quote, backslash, open, close] = [0x22, 0x5c, [0x5b, 0x7b], [0x5d, 0x7d]]

/** How many brackets are open at most, those in texts aside. */
export function depthOf(json: Buffer): number {
  let [depth, most] = [0, 0]
  for (let i = 0; i < json.length; i++) {
    const byte = json[i]!
    if (byte === quote) i = endOfText(json, i)
    else if (open.includes(byte)) most = Math.max(most, ++depth)
    else if (close.includes(byte)) depth--
  }
  return most
}

function endOfText(json: Buffer, start: number): number {
  let i = start + 1
  while (i < json.length && json[i] !== quote) i += json[i] === backslash ? 2 : 1
  return i
}
