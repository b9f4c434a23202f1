import { CloseOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { usePhone } from '../../../runtime/app/components'
import { useText } from '../../i18n'
import './split.css'

interface Props {
  children: ReactNode
  /** Title and content of what is chosen; nothing is shown beside the main part without it. */
  side?: { title: ReactNode; content: ReactNode; actions?: ReactNode } | undefined
  onClose: () => void
  /** The main part fills the height and scrolls by itself. */
  fill?: boolean
}

/** The main part with the panel of what is chosen beside it; on a phone the panel slides over it. */
export function Split({ children, side, onClose, fill }: Props) {
  const phone = usePhone()
  const t = useText()
  return (
    <div className={fill ? 'st-split st-split-fill' : 'st-split'}>
      <div className="st-split-main">{children}</div>
      {phone
        ? <Drawer open={side !== undefined} onClose={onClose} title={side?.title} extra={side?.actions} size="100%" destroyOnHidden styles={{ body: { padding: 12 } }}>{side?.content}</Drawer>
        : side && (
          <aside className="st-side" aria-label={t('panel.side')}>
            <header className="st-side-head">
              <h2>{side.title}</h2>
              {side.actions}
              <Button size="small" type="text" icon={<CloseOutlined />} aria-label={t('panel.close')} onClick={onClose} />
            </header>
            <div className="st-side-body">{side.content}</div>
          </aside>
        )}
    </div>
  )
}
