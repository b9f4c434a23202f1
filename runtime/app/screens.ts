/** The screens, each in a chunk of its own, and when to fetch them. */
export const screens = {
  start: () => import('./start/StartPage'),
  list: () => import('./list/ListPage'),
  detail: () => import('./detail/DetailPage'),
  form: () => import('./form/RecordFormPage'),
  bin: () => import('./bin/BinPage'),
  duplicates: () => import('./merge/DuplicatesPage'),
  inbox: () => import('./inbox/InboxPage'),
}

/** Parts that a screen fetches when it is drawn. */
const parts = [() => import('./approvals/ApprovalPanel'), () => import('./detail/TimelinePanel'), () => import('./actions/ActionDialog')]

const byAddress: [RegExp, () => Promise<unknown>][] = [
  [/^\/$/, screens.start],
  [/^\/inbox(\/|$)/, screens.inbox],
  [/^\/[^/]+$/, screens.list],
  [/\/(new|edit)$/, screens.form],
  [/^\/[^/]+\/[^/]+$/, screens.detail],
]

/** Starts to fetch the screen of an address before it is known who asks, instead of one after the other. */
export function fetchScreenOf(pathname: string): void {
  void byAddress.find(([pattern]) => pattern.test(pathname))?.[1]()
}

/** Fetches the others while nothing else happens, so that going there needs no waiting. */
export function fetchScreensWhenIdle(): void {
  const rest = [screens.list, screens.detail, ...parts, screens.form, screens.inbox, screens.start]
  const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1000))
  const next = () => void rest.shift()?.().then(() => idle(next))
  setTimeout(() => idle(next), 1500)
}
