import { EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useCallback, useEffect } from 'react'
import { fieldTypeOf } from '../../../../schemas/field-types'
import { useLabel } from '../../i18n'
import type { InputProps } from '../field-view'
import { useTyped } from '../inputs/use-typed'
import { RichBar } from './RichBar'
import './rich.css'

/** What the whitelist of rich text allows, and nothing that writes other marks. Its styles are ours: none are put into the page. */
const extensions = [StarterKit.configure({ heading: { levels: [2, 3] }, codeBlock: false, horizontalRule: false, link: { openOnClick: false, autolink: true, protocols: ['http', 'https', 'mailto', 'tel'] } })]

/** Types rich text; shortcuts as everywhere: Ctrl+B, Ctrl+I, Ctrl+Z. */
export function RichInput(props: InputProps) {
  const { id, field, readOnly, invalid, describedBy, autoFocus } = props
  const label = useLabel()
  const read = useCallback((html: string) => (fieldTypeOf(field).normalise!(html, field) as string | null) ?? '', [field])
  const { text, type, flush } = useTyped((props.value as string | null) ?? '', (html) => props.onChange(read(html) || null), read)
  const editor = useEditor({
    extensions, content: text, injectCSS: false, editable: !readOnly, autofocus: autoFocus ?? false,
    editorProps: { attributes: { id, role: 'textbox', class: 'tiptap fw-rich', 'aria-multiline': 'true', 'aria-label': props.label ?? label(field.label), ...(describedBy && { 'aria-describedby': describedBy }) } },
    onUpdate: ({ editor }) => type(editor.getHTML()),
    onBlur: flush,
  })
  // A screen that was put aside for a moment (something else was still loading) comes back with an editor that is over; another one follows.
  useEffect(() => { if (!editor.isDestroyed && read(editor.getHTML()) !== read(text)) editor.commands.setContent(text, { emitUpdate: false }) }, [editor, text, read])
  return (
    <div className="fw-rich-input" data-invalid={invalid || undefined}>
      {!readOnly && <RichBar editor={editor} />}
      <EditorContent editor={editor} />
    </div>
  )
}
