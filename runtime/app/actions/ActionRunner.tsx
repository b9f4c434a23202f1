import { App } from 'antd'
import { createContext, lazy, Suspense, useCallback, useContext, useState, type ReactNode } from 'react'
import type { Action } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import type { ActionResult, Id, Values } from '../api'
import { getCommands, runAction } from '../api/records'
import { useAfterWrite } from '../api/queries'
import { useDescribe } from '../components'
import { useLabel, useMessage, useText } from '../i18n'
import { useAnnounceCreated } from './announce'

const ActionDialog = lazy(() => import('./ActionDialog'))

type Run = (entity: CompiledEntity, id: Id, action: Action) => void
export interface Asked { entity: CompiledEntity; id: Id; action: Action; defaults: Values }

const RunContext = createContext<Run>(() => {})

/** Runs a button of a record: asks for its input first if it wants some. */
export const useActionRunner = (): Run => useContext(RunContext)

export function ActionRunner({ children }: { children: ReactNode }) {
  const { message } = App.useApp()
  const describe = useDescribe()
  const say = useMessage()
  const [asked, setAsked] = useState<Asked>()
  const confirmed = useConfirmed()
  const done = useDone()
  const start = async (entity: CompiledEntity, id: Id, action: Action) => {
    const state = (await getCommands(entity.name, id)).actions.find(({ name }) => name === action.name)
    if (!state?.available) return void message.warning(state?.problem ? say(state.problem) : '')
    if (action.input?.length) return setAsked({ entity, id, action, defaults: state.defaults ?? {} })
    if (await confirmed(action)) done(action, await runAction(entity.name, id, action.name, {}))
  }
  const run: Run = (entity, id, action) => void start(entity, id, action).catch((error: unknown) => message.error(describe(error)))
  return (
    <RunContext value={run}>
      {children}
      {asked && (
        <Suspense>
          <ActionDialog key={asked.action.name + asked.id} asked={asked} onClose={() => setAsked(undefined)} onDone={(result) => { setAsked(undefined); done(asked.action, result) }} />
        </Suspense>
      )}
    </RunContext>
  )
}

/** What cannot be undone and asks nothing else is confirmed; all other buttons act at once. */
function useConfirmed(): (action: Action) => Promise<boolean> {
  const { modal } = App.useApp()
  const t = useText()
  const label = useLabel()
  return async (action) => action.style !== 'danger' || modal.confirm({ title: t('action.confirm', { action: label(action.label) }), okText: label(action.label), okButtonProps: { danger: true } })
}

function useDone(): (action: Action, result: ActionResult) => void {
  const { message } = App.useApp()
  const t = useText()
  const label = useLabel()
  const refresh = useAfterWrite()
  const announce = useAnnounceCreated()
  return useCallback((action, result) => {
    void refresh()
    if (result.created.length > 0) announce(result.created)
    else void message.success(t('action.done', { action: label(action.label) }))
  }, [message, t, label, refresh, announce])
}
