import { CloseCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import { useLabel, useMessage } from '../../runtime/app/i18n'
import type { DefinitionProblem } from '../api/studio-api'
import { documentId } from '../editor/documents'
import { useDocuments } from '../workspace/hooks'
import { linkTo } from '../links'
import './problem-table.css'

/** Problems or warnings, each with a link to the place. */
export function ProblemTable({ problems, warning }: { problems: readonly DefinitionProblem[]; warning?: boolean }) {
  const message = useMessage()
  const read = useLabel()
  const documents = useDocuments()
  return (
    <ul className="st-problems">
      {problems.map((p, i) => (
        <li key={i}>
          {warning ? <WarningOutlined className="st-warning-icon" aria-hidden /> : <CloseCircleOutlined className="st-problem-icon" aria-hidden />}
          <div>
            <Link to={linkTo(documentId(p.kind, p.key), p.path)}>{message(p)}</Link>
            <div className="fw-muted st-small">{read(documents[documentId(p.kind, p.key)]?.label) || p.key} <code>{p.path}</code></div>
          </div>
        </li>
      ))}
    </ul>
  )
}
