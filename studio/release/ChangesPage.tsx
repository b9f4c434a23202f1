import { CheckCircleOutlined, CloudUploadOutlined } from '@ant-design/icons'
import { Alert, Button, Card } from 'antd'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { isProblem } from '../../runtime/app/api'
import { EmptyState, ErrorAlert } from '../../runtime/app/components'
import { useText } from '../i18n'
import { RoleChanges } from '../access/RoleChanges'
import { useProblems } from '../workspace/ProblemsProvider'
import { useDraftIds } from '../workspace/use-drafts'
import type { Decisions } from '../api/studio-api'
import { Mappings } from './Mappings'
import { DataChanges } from './DataChanges'
import { DraftTable } from './DraftTable'
import { Fillings } from './Fillings'
import { ProblemTable } from './ProblemTable'
import { PublishedNote } from './PublishedNote'
import { isQuestion, questionsIn } from './questions'
import { useImpact } from './use-impact'
import { usePublish } from './use-publish'

/** What would be published, what speaks against it, and the button. */
export default function ChangesPage() {
  const t = useText()
  const drafts = useDraftIds()
  const publish = usePublish()
  const { all: faults, warnings, checking, check, error } = useProblems()
  const [decisions, setDecisions] = useState<Decisions>({})
  const impact = useImpact()
  const refusals = (drafts.length > 0 && impact.data?.refusals) || []
  const questions = questionsIn(refusals, decisions)
  const open = questions.filter((q) => q.chosen === undefined).length
  const all = [...faults, ...refusals.filter((r) => !isQuestion(r))]
  useCheckOnRequest(check)
  return (
    <div className="st-page st-narrow">
      <header className="st-page-head">
        <h1>{t('changes.title')}</h1>
        <div className="st-actions">
          <Button icon={<CheckCircleOutlined />} loading={checking} onClick={() => void check().catch(() => undefined)}>{t('shell.validate')}</Button>
          {drafts.length > 0 && <Button type="primary" icon={<CloudUploadOutlined />} loading={publish.busy} disabled={all.length > 0 || open > 0} onClick={() => void publish.start(decisions)}>{t('changes.publish', { count: drafts.length })}</Button>}
        </div>
      </header>
      {publish.release && <PublishedNote release={publish.release} />}
      {/* What is wrong with the definitions stands in the list below. */}
      <ErrorAlert error={isProblem(publish.error, 422) && (all.length > 0 || questions.length > 0) ? undefined : (publish.error ?? error)} />
      <Mappings questions={questions} onChange={setDecisions} />
      <Fillings decisions={decisions} onChange={setDecisions} />
      {publish.watched.length > 0 && <DataChanges ids={publish.watched} />}
      <Verdict problems={all.length} questions={open} drafts={drafts.length} />
      {all.length > 0 && <Card title={t('problems.count', { count: all.length })} className="st-card"><ProblemTable problems={all} /></Card>}
      {warnings.length > 0 && <Card title={t('warnings.count', { count: warnings.length })} className="st-card"><ProblemTable problems={warnings} warning /></Card>}
      {drafts.length > 0 && <RoleChanges />}
      {drafts.length > 0 ? <DraftTable ids={drafts} /> : !publish.release && <EmptyState title={t('changes.none')} hint={t('changes.noneHint')} />}
    </div>
  )
}

function Verdict({ problems, questions, drafts }: { problems: number; questions: number; drafts: number }) {
  const t = useText()
  const { checking } = useProblems()
  if (drafts === 0 || checking) return null
  if (problems > 0) return <Alert className="st-card" type="error" showIcon title={t('changes.invalid')} />
  if (questions > 0) return <Alert className="st-card" type="warning" showIcon title={t('changes.undecided', { count: questions })} />
  return <Alert className="st-card" type="success" showIcon title={t('changes.valid')} />
}

/** The Validate button of the bar leads here. */
function useCheckOnRequest(check: () => Promise<unknown>): void {
  const [params, setParams] = useSearchParams()
  const wanted = params.has('check')
  useEffect(() => {
    if (!wanted) return
    setParams({}, { replace: true })
    check().catch(() => undefined)
  }, [wanted, check, setParams])
}
