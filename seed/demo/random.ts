/** Chance that is the same every time: a small generator (mulberry32), and forks of it, so that one story's luck is not another's. */
export class Random {
  private state: number
  private readonly seed: string

  constructor(seed: string) {
    this.seed = seed
    this.state = hash(seed)
  }

  /** A generator of its own, whatever is drawn here before or after. */
  fork(name: string | number): Random {
    return new Random(`${this.seed}/${name}`)
  }

  /** 0 ≤ x < 1 */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number, both ends included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!
  }

  /** Some of the list, each once, in any order. */
  sample<T>(list: readonly T[], count: number): T[] {
    const rest = [...list]
    return Array.from({ length: Math.min(count, list.length) }, () => rest.splice(this.int(0, rest.length - 1), 1)[0]!)
  }

  shuffle<T>(list: readonly T[]): T[] {
    return this.sample(list, list.length)
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.int(0, 9)).join('')
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const char of text) value = Math.imul(value ^ char.codePointAt(0)!, 0x01000193)
  return value >>> 0
}
