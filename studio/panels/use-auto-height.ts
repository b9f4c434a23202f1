import { useLayoutEffect, type RefObject } from 'react'
import type { GetRef, Input } from 'antd'

/** Lets a text area grow with its text. antd's autoSize writes a style attribute, which our content security policy refuses. */
export function useAutoHeight(input: RefObject<GetRef<typeof Input.TextArea> | null>, text: string, most = 220): void {
  useLayoutEffect(() => {
    const area = input.current?.resizableTextArea?.textArea
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight + 2, most)}px`
  }, [input, text, most])
}
