import { App } from 'antd'
import { useEffect, useMemo } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Command } from '../editor/command'
import { useText } from '../i18n'
import { useCommandText } from '../i18n/use-command-text'
import { linkTo } from '../links'
import { useWorkspace } from '../workspace/WorkspaceProvider'

/** Undo and redo; where the change is elsewhere, they go there, so that nothing changes unseen. */
export function useUndo(): { undo: () => void; redo: () => void } {
  const workspace = useWorkspace()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const text = useCommandText()
  const t = useText()
  return useMemo(() => {
    const report = (command: Command | undefined, key: 'shell.undone' | 'shell.redone') => {
      if (!command) return
      void message.open({ type: 'info', key: 'undo', duration: 2, content: t(key, { what: text(command.text) }) })
      const places = command.touches.filter((id) => workspace.getState().history.documents[id]).map((id) => linkTo(id))
      if (places[0] !== undefined && !places.includes(pathname)) void navigate(places[0])
    }
    return { undo: () => report(workspace.undo(), 'shell.undone'), redo: () => report(workspace.redo(), 'shell.redone') }
  }, [workspace, message, navigate, pathname, text, t])
}

/** Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z everywhere but in dialogs, whose answers are no edits yet. */
export function useUndoKeys(): void {
  const { undo, redo } = useUndo()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || (event.target as HTMLElement).closest?.('.ant-modal')) return
      const key = event.key.toLowerCase()
      const action = key === 'z' ? (event.shiftKey ? redo : undo) : key === 'y' ? redo : undefined
      if (!action) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [undo, redo])
}
