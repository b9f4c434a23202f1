/**
 * What the server says while it happens. One tab of the browser listens and tells the others: a browser opens few connections to a server,
 * and each tab that listened would take one from the rest.
 */
import { useEffect } from 'react'

const topics = ['ready', 'tasks', 'notices', 'release'] as const
/** `ready`: connected, or connected again: what was said meanwhile is unknown. */
export type Topic = (typeof topics)[number]

const name = 'formwright-events'

export function useLive(hear: (topic: Topic) => void): void {
  useEffect(() => listen(hear), [hear])
}

function listen(hear: (topic: Topic) => void): () => void {
  if (typeof EventSource === 'undefined') return () => {}
  const over = new AbortController()
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }) => hear(data as Topic)
  const tell = (topic: Topic) => { hear(topic); channel.postMessage(topic) }
  // Locks are there on secure pages; elsewhere every tab listens for itself.
  const { locks } = navigator as { locks?: LockManager }
  if (locks) locks.request(name, { signal: over.signal }, () => connected(tell, over.signal)).catch(() => undefined)
  else void connected(tell, over.signal)
  return () => { over.abort(); channel.close() }
}

/** Resolves when it is over. The browser itself comes back after a break. */
function connected(tell: (topic: Topic) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) { resolve(); return }
    const source = new EventSource('/api/v1/events')
    for (const topic of topics) source.addEventListener(topic, () => tell(topic))
    signal.addEventListener('abort', () => { source.close(); resolve() }, { once: true })
  })
}
