import { ExclamationCircleFilled } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { ProblemList } from '../../runtime/app/components'
import type { DefinitionProblem } from '../api/studio-api'
import { useText } from '../i18n'

/** A mark that says, when it is looked at, what is wrong. */
export function ProblemMark({ problems }: { problems: readonly DefinitionProblem[] }) {
  const t = useText()
  if (problems.length === 0) return null
  return (
    <Tooltip title={<ProblemList problems={problems} />}>
      <ExclamationCircleFilled className="st-problem-mark" tabIndex={0} aria-label={t('problems.count', { count: problems.length })} />
    </Tooltip>
  )
}
