import { useEffect, useRef, useState } from 'react'

const pause = 90
const waiting = new Set<() => void>()

/** Takes over at once what was typed a moment ago; called before saving. */
export function flushTyped(): void {
  ;[...waiting].forEach((flush) => flush())
}

/**
 * What is being typed, shown at once and handed on after a short pause or on leaving the input, so that a large form with
 * formulas never slows the keys down. `read`: the value a text stands for; another way of writing the same stays as typed.
 */
export function useTyped(value: string, hand: (text: string) => void, read: (text: string) => string = asItIs) {
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const latest = useRef({ text, hand, read })
  Object.assign(latest.current, { hand, read })
  const flush = useRef(() => {
    clearTimeout(timer.current)
    if (waiting.delete(flush.current)) latest.current.hand(latest.current.text)
  })
  useEffect(() => {
    if (!waiting.has(flush.current) && latest.current.read(latest.current.text) !== value) setText((latest.current.text = value))
  }, [value])
  useEffect(() => flush.current, [])
  const type = (next: string) => {
    latest.current.text = next
    setText(next)
    clearTimeout(timer.current)
    waiting.add(flush.current)
    timer.current = setTimeout(flush.current, pause)
  }
  return { text, type, flush: flush.current }
}

const asItIs = (text: string) => text
