/** What every call carries and what every answer tells; kept outside React because calls are made from anywhere. */
type Listener<T> = (value: T) => void

function channel<T>() {
  const listeners = new Set<Listener<T>>()
  return {
    emit: (value: T) => listeners.forEach((listener) => listener(value)),
    subscribe: (listener: Listener<T>) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const connection = {
  csrfToken: '',
  language: 'zh-CN',
  release: 0,
}

/** A release other than the one the definitions were loaded with was seen in an answer. */
export const releaseSeen = channel<number>()
/** A call was answered 401. */
export const signedOut = channel<void>()

/** The definitions in use; answers of another release make the app reload them. */
export function adoptRelease(release: number): void {
  connection.release = release
}

export function noticeRelease(header: string | null): void {
  const release = Number(header)
  if (header === null || !Number.isInteger(release) || connection.release === 0 || release === connection.release) return
  connection.release = release
  releaseSeen.emit(release)
}
