import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { isProblem } from '../../runtime/app/api'
import { ErrorAlert } from '../../runtime/app/components'
import { rollBack, type Decisions, type DefinitionProblem } from '../api/studio-api'
import { useText } from '../i18n'
import { reload } from '../workspace/reload'
import { useWorkspace } from '../workspace/WorkspaceProvider'
import { MappingList } from './Mappings'
import { ProblemTable } from './ProblemTable'
import { isQuestion, questionsIn } from './questions'
import { comes } from './use-publish'

/** A new release in which everything is as it was before this one. */
export function UndoRelease({ number }: { number: number }) {
  const t = useText()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" type="text" onClick={() => setOpen(true)}>{t('releases.undo')}</Button>
      {open && <UndoDialog number={number} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Says what records speak against it, and asks what becomes of them. */
function UndoDialog({ number, onClose }: { number: number; onClose: () => void }) {
  const t = useText()
  const [decisions, setDecisions] = useState<Decisions>({})
  const { undo, busy, error } = useUndoRelease(number, onClose)
  const problems = isProblem(error, 422) ? (error.problems as DefinitionProblem[]) : []
  const questions = questionsIn(problems, decisions)
  const rest = problems.filter((p) => !isQuestion(p))
  return (
    <Modal open title={t('releases.undoTitle', { number })} okText={t('releases.undo')} confirmLoading={busy} okButtonProps={{ disabled: questions.some((q) => q.chosen === undefined) }} onOk={() => void undo(decisions)} onCancel={onClose}>
      <p>{t('releases.undoNote')}</p>
      {problems.length === 0 && <ErrorAlert error={error} />}
      {rest.length > 0 && <ProblemTable problems={rest} />}
      {questions.length > 0 && <MappingList questions={questions} onChange={setDecisions} />}
    </Modal>
  )
}

function useUndoRelease(number: number, done: () => void) {
  const workspace = useWorkspace()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const undo = async (decisions: Decisions) => {
    setBusy(true)
    try {
      const answer = await rollBack(number, decisions)
      void client.invalidateQueries({ queryKey: ['studio-data-changes'] })
      if ('pending' in answer) await comes(answer)
      await reload(workspace, true)
      await client.invalidateQueries({ queryKey: ['studio-releases'] })
      done()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return { undo, busy, error }
}
