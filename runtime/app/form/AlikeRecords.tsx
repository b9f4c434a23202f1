import { Alert, Button } from 'antd'
import type { Problem } from '../../../schemas/errors'
import { isProblem } from '../api'
import { ProblemList } from '../components'
import { useLabel, useText } from '../i18n'
import { useCatalog } from '../session'

interface Alike { entity: string; id: string; title: string | null }

/** Records that problems of uniqueness name, each once. */
export function alikeAmong(problems: readonly Problem[]): Alike[] {
  const found = problems.flatMap(({ params }) => (params?.records ?? []) as Alike[])
  return [...new Map(found.map((record) => [record.id, record])).values()]
}

/** Each opens beside the form, which keeps what was typed. Records of another kind say which. */
export function AlikeLinks({ entity: own, problems }: { entity: string; problems: readonly Problem[] }) {
  const label = useLabel()
  const { entities } = useCatalog()
  const kind = (name: string) => (name === own ? '' : `${label(entities.get(name)?.definition.label)} `)
  return (
    <span className="fw-alike">
      {alikeAmong(problems).map(({ entity, id, title }) => <a key={id} href={`/${entity}/${id}`} target="_blank" rel="noreferrer">{kind(entity)}{title ?? id}</a>)}
    </span>
  )
}

/** Leads to the records that are alike; where the rule only warns, the person may save all the same. */
export function AlikeRecords({ entity, error, onSaveAnyway }: { entity: string; error: unknown; onSaveAnyway: () => void }) {
  const t = useText()
  if (!isProblem(error) || alikeAmong(error.problems).length === 0) return null
  const mayStay = error.code === 'possibleDuplicate'
  return (
    <Alert
      className="fw-error-list"
      type={mayStay ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={<ProblemList problems={error.problems} />}
      description={<AlikeLinks entity={entity} problems={error.problems} />}
      action={mayStay && <Button size="small" onClick={onSaveAnyway}>{t('form.saveAnyway')}</Button>}
    />
  )
}
