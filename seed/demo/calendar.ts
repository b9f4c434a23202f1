/**
 * The time of the demonstration: about fourteen months of working days that end yesterday. Many stories run side by side; when all
 * of them wait, time goes on to the next half day somebody waits for. What happens in the same half day happens at once, so that
 * the store can commit it together.
 */
export type Story = () => Promise<void>

/** Half working days before today; the last afternoon is -1, the morning before it -2. */
export type HalfDay = number

const workingDays = 305

export class Calendar {
  /** Working days, the first one first. */
  private readonly days: string[]
  private readonly waiting = new Map<HalfDay, (() => void)[]>()
  private active = 0
  private finish: () => void = () => {}
  private fail: (error: unknown) => void = () => {}
  private at: HalfDay

  constructor(today: string, private readonly setTime: (moment: string) => void) {
    this.days = workingDaysBefore(today)
    this.at = this.first
    this.setTime(this.now)
  }

  /** The first morning. */
  readonly first: HalfDay = -2 * workingDays

  /** Today's date in the story. */
  get date(): string { return this.days[workingDays + Math.floor(this.at / 2)]! }

  /** The moment, ISO 8601: a morning or an afternoon hour in China, another one every day. */
  get now(): string {
    const minutes = (this.at % 2 === 0 ? 65 : 375) + ((Math.abs(this.at) * 37) % 150)
    return `${this.date}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00.000Z`
  }

  /** Runs stories to their ends, and those they begin. */
  run(stories: Story[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.finish = resolve
      this.fail = reject
      this.active = 1
      for (const story of stories) this.begin(story)
      this.pause()
    })
  }

  /** One more story from now on. */
  begin(story: Story): void {
    this.active++
    story().then(() => this.pause(), (error: unknown) => this.fail(error))
  }

  /** Waits; what is over already does not wait. */
  until(moment: HalfDay): Promise<void> {
    if (moment >= 0) throw new Error('the demonstration reaches into the future')
    if (moment <= this.at) return Promise.resolve()
    return new Promise((resolve) => {
      this.waiting.set(moment, [...(this.waiting.get(moment) ?? []), resolve])
      this.pause()
    })
  }

  /** Waits for a number of working days; halves are possible. */
  later(days: number): Promise<void> {
    return this.until(this.at + Math.max(1, Math.round(days * 2)))
  }

  /** Whether so many working days are left before today. */
  leaves(days: number): boolean { return this.at + Math.round(days * 2) < 0 }

  /** The first working morning on a date or after it; undefined when that is not over yet. */
  morningOf(date: string): HalfDay | undefined {
    const index = this.days.findIndex((day) => day >= date)
    return index === -1 ? undefined : (index - workingDays) * 2
  }

  private pause() {
    if (--this.active > 0) return
    if (this.waiting.size === 0) return this.finish()
    this.at = Math.min(...this.waiting.keys())
    this.setTime(this.now)
    const woken = this.waiting.get(this.at)!
    this.waiting.delete(this.at)
    this.active += woken.length
    for (const resume of woken) resume()
  }
}

export function addDays(date: string, days: number): string {
  const time = new Date(`${date}T00:00:00Z`)
  time.setUTCDate(time.getUTCDate() + days)
  return time.toISOString().slice(0, 10)
}

function workingDaysBefore(today: string): string[] {
  const days: string[] = []
  for (let date = addDays(today, -1); days.length < workingDays; date = addDays(date, -1)) if (!isWeekend(date)) days.unshift(date)
  return days
}

const isWeekend = (date: string) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
