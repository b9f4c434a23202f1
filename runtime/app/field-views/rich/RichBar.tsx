import { BoldOutlined, ItalicOutlined, LinkOutlined, OrderedListOutlined, RedoOutlined, UndoOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { useEditorState, type Editor } from '@tiptap/react'
import { Button, Input } from 'antd'
import { useState, type ReactNode } from 'react'
import { useText, type TextKey } from '../../i18n'

interface Tool { name: TextKey; icon: ReactNode; run: (editor: Editor) => void; on?: (editor: Editor) => boolean; can?: (editor: Editor) => boolean }

const tools: Tool[] = [
  { name: 'rich.bold', icon: <BoldOutlined />, run: (e) => e.chain().focus().toggleBold().run(), on: (e) => e.isActive('bold') },
  { name: 'rich.italic', icon: <ItalicOutlined />, run: (e) => e.chain().focus().toggleItalic().run(), on: (e) => e.isActive('italic') },
  { name: 'rich.heading', icon: <b aria-hidden>H2</b>, run: (e) => e.chain().focus().toggleHeading({ level: 2 }).run(), on: (e) => e.isActive('heading', { level: 2 }) },
  { name: 'rich.subheading', icon: <b aria-hidden>H3</b>, run: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(), on: (e) => e.isActive('heading', { level: 3 }) },
  { name: 'rich.bullets', icon: <UnorderedListOutlined />, run: (e) => e.chain().focus().toggleBulletList().run(), on: (e) => e.isActive('bulletList') },
  { name: 'rich.numbers', icon: <OrderedListOutlined />, run: (e) => e.chain().focus().toggleOrderedList().run(), on: (e) => e.isActive('orderedList') },
  { name: 'rich.quote', icon: <b aria-hidden>”</b>, run: (e) => e.chain().focus().toggleBlockquote().run(), on: (e) => e.isActive('blockquote') },
]
const history: Tool[] = [
  { name: 'rich.undo', icon: <UndoOutlined />, run: (e) => e.chain().focus().undo().run(), can: (e) => e.can().undo() },
  { name: 'rich.redo', icon: <RedoOutlined />, run: (e) => e.chain().focus().redo().run(), can: (e) => e.can().redo() },
]

const resting = { on: tools.map(() => false), can: history.map(() => false), link: false }

/** The tools above the text; each says whether it is on. */
export function RichBar({ editor }: { editor: Editor }) {
  const t = useText()
  const [linking, setLinking] = useState(false)
  const state = useEditorState({ editor, selector: ({ editor }) => (editor.isDestroyed ? resting : { on: tools.map((tool) => tool.on!(editor)), can: history.map((tool) => tool.can!(editor)), link: editor.isActive('link') }) })
  const button = (tool: Tool, props: { 'aria-pressed'?: boolean; disabled?: boolean }) => (
    <Button key={tool.name} type="text" size="small" icon={tool.icon} title={t(tool.name)} aria-label={t(tool.name)} onMouseDown={keepFocus} onClick={() => tool.run(editor)} {...props} />
  )
  return (
    <>
      <div className="fw-rich-bar" role="toolbar" aria-label={t('rich.tools')}>
        {tools.map((tool, i) => button(tool, { 'aria-pressed': state.on[i]! }))}
        <Button type="text" size="small" icon={<LinkOutlined />} title={t('rich.link')} aria-label={t('rich.link')} aria-pressed={state.link} onClick={() => setLinking(!linking)} />
        {history.map((tool, i) => button(tool, { disabled: !state.can[i]! }))}
      </div>
      {linking && <LinkInput editor={editor} onDone={() => setLinking(false)} />}
    </>
  )
}

/** A click on a tool leaves the selection as it is. */
const keepFocus = (event: React.MouseEvent) => event.preventDefault()

/** The address of the link around the selection; none takes the link away. */
function LinkInput({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const t = useText()
  const [address, setAddress] = useState(String(editor.getAttributes('link').href ?? ''))
  const put = () => {
    const href = /^[a-z]+:/i.test(address) || address === '' ? address : `https://${address}`
    const chain = editor.chain().focus().extendMarkRange('link')
    if (href === '') chain.unsetLink().run()
    else if (editor.state.selection.empty && !editor.isActive('link')) chain.insertContent({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href } }] }).run()
    else chain.setLink({ href }).run()
    onDone()
  }
  return (
    <div className="fw-rich-link">
      <Input size="small" autoFocus value={address} placeholder="https://" aria-label={t('rich.address')} onChange={(event) => setAddress(event.target.value)} onPressEnter={(event) => { event.preventDefault(); put() }} onKeyDown={(event) => { if (event.key === 'Escape') onDone() }} />
      <Button size="small" type="primary" onClick={put}>{t('rich.put')}</Button>
    </div>
  )
}
