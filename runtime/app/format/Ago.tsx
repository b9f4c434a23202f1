import { useAgo, useMoment } from './moments'

/** How long ago, with the moment in full for whoever wants to know. */
export function Ago({ at }: { at: string }) {
  const ago = useAgo()
  const moment = useMoment()
  return <time dateTime={at} title={moment(at)} className="fw-muted">{ago(at)}</time>
}
