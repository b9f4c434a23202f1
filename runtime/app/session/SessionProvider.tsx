import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, type ReactNode } from 'react'
import { isProblem, signedOut, type Me } from '../api'
import { fetchMe, noteSignedOut } from '../api/session'
import { switchLanguage, toLanguage } from '../i18n'
import { forgetTitles } from '../titles/titles'

const SessionContext = createContext<Me | undefined>(undefined)
const meKey = ['me'] as const

/** Seconds between looks at one's own state: the number of open tasks, and the release of the definitions. */
const pollSeconds = 10

interface Props {
  children: ReactNode
  /** Shown while nobody is signed in. */
  signIn: ReactNode
  loading: ReactNode
  failed: (error: Error, retry: () => void) => ReactNode
}

/** Knows who is signed in. Children are rendered for a signed-in person only. */
export function SessionProvider({ children, signIn, loading, failed }: Props) {
  const client = useQueryClient()
  const me = useQuery({ queryKey: meKey, queryFn: fetchMe, refetchInterval: (query) => (query.state.data ? pollSeconds * 1000 : false) })
  useEffect(() => signedOut.subscribe(() => forget(client)), [client])
  const language = me.data?.user.language
  useEffect(() => {
    if (language) switchLanguage(toLanguage(language))
  }, [language])
  if (isProblem(me.error, 401) || me.data === null) return signIn
  if (me.data) return <SessionContext value={me.data}>{children}</SessionContext>
  return me.error ? failed(me.error, () => void me.refetch()) : loading
}

/** After signing out nothing of the person stays in memory. */
function forget(client: QueryClient): void {
  forgetTitles()
  noteSignedOut()
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] })
  client.setQueryData(meKey, null)
}

export function useMe(): Me {
  const me = useContext(SessionContext)
  if (!me) throw new Error('useMe needs a SessionProvider with a signed-in person above it')
  return me
}

export function useReloadMe(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: meKey })
}
