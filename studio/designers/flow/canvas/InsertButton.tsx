import { PlusOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import { useState } from 'react'
import { useLanguage } from '../../../../runtime/app/i18n'
import type { Edge } from '../../../../schemas/generated/types'
import { useText } from '../../../i18n'
import { choiceText } from '../../../i18n/words'
import { nodeViews } from '../node-views'
import { useCanvas } from './CanvasContext'

/** The + of a way. Its menu comes into being when it is first asked for: there are as many as ways. */
export function InsertButton({ edge }: { edge: Edge }) {
  const [open, setOpen] = useState<boolean>()
  const t = useText()
  const button = <button type="button" className="st-plus" aria-haspopup="menu" aria-label={t('flow.insertOn', { from: edge.source, to: edge.target })} onClick={() => setOpen(true)}><PlusOutlined /></button>
  return open === undefined ? button : <InsertMenu edge={edge} open={open} onOpen={setOpen}>{button}</InsertMenu>
}

function InsertMenu({ edge, open, onOpen, children }: { edge: Edge; open: boolean; onOpen: (open: boolean) => void; children: React.ReactElement }) {
  const { insert, insertable } = useCanvas()
  const language = useLanguage()
  const items = open ? insertable(edge.id).map((type) => ({ key: type, icon: nodeViews[type].icon, label: choiceText('FlowNode', type, language), onClick: () => insert(edge.id, type) })) : []
  return <Dropdown trigger={['click']} open={open} onOpenChange={onOpen} menu={{ items }} autoFocus>{children}</Dropdown>
}
