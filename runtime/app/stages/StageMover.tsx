import { App } from 'antd'
import { createContext, lazy, Suspense, useContext, useState, type ReactNode } from 'react'
import type { Problem } from '../../../schemas/errors'
import type { Pipeline, Stage } from '../../../schemas/generated/types'
import type { CompiledEntity } from '../../engine/model'
import { isProblem, type Id, type RecordDoc, type StageMove, type StageResult } from '../api'
import { moveStage, switchPipeline } from '../api/records'
import { useAfterWrite } from '../api/queries'
import { useAnnounceCreated } from '../actions/announce'
import { useDescribe } from '../components'
import { useLabel, useText } from '../i18n'

const MoveDialog = lazy(() => import('./MoveDialog'))

/** `pipeline`: the record changes over to it. */
export interface MoveRequest { entity: CompiledEntity; record: RecordDoc; to: Stage; pipeline?: Pipeline }
/** Resolves with whether the record moved. */
type Move = (request: MoveRequest) => Promise<boolean>

export interface Refused { request: MoveRequest; problems: Problem[]; settle: (moved: boolean) => void }

const MoveContext = createContext<Move>(async () => false)

/** Moves a record to a stage, by the one command there is; what is missing is asked for and tried again. */
export const useStageMover = (): Move => useContext(MoveContext)

export function StageMover({ children }: { children: ReactNode }) {
  const describe = useDescribe()
  const { message } = App.useApp()
  const [refused, setRefused] = useState<Refused>()
  const done = useMoved()
  const move: Move = async (request) => {
    try {
      done(request, await send(request, { to: request.to.id }))
      return true
    } catch (error) {
      if (isProblem(error) && error.problems.length > 0) return new Promise((settle) => setRefused({ request, problems: error.problems, settle }))
      void message.error(describe(error))
      return false
    }
  }
  const close = (moved: boolean) => {
    refused?.settle(moved)
    setRefused(undefined)
  }
  return (
    <MoveContext value={move}>
      {children}
      {refused && (
        <Suspense>
          <MoveDialog
            refused={refused}
            onClose={() => close(false)}
            onTry={async (input) => { done(refused.request, await send(refused.request, { to: refused.request.to.id, ...input })); close(true) }}
          />
        </Suspense>
      )}
    </MoveContext>
  )
}

const send = ({ entity, record, pipeline }: MoveRequest, { to, ...rest }: StageMove): Promise<StageResult> =>
  (pipeline ? switchPipeline(entity.name, record.id as Id, { to: pipeline.name, stage: to, ...rest }) : moveStage(entity.name, record.id as Id, { to, ...rest }))

function useMoved(): (request: MoveRequest, result: StageResult) => void {
  const { message } = App.useApp()
  const t = useText()
  const label = useLabel()
  const refresh = useAfterWrite()
  const announce = useAnnounceCreated()
  return ({ to }, { created, pending }) => {
    void refresh()
    if (pending) void message.info(t('stage.pending', { stage: label(to.label) }))
    else void message.success(t('stage.moved', { stage: label(to.label) }))
    announce(created)
  }
}
