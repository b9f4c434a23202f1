import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useDescribe } from '../../runtime/app/components'
import { reload } from '../workspace/reload'
import { useWorkspace } from '../workspace/WorkspaceProvider'

/** Does something on the server, then shows drafts and template as they are now. */
export function useTemplateCommand() {
  const workspace = useWorkspace()
  const client = useQueryClient()
  const describe = useDescribe()
  const { message } = App.useApp()
  return async (work: () => Promise<unknown>, done?: string) => {
    try {
      await workspace.flush()
      await work()
      await reload(workspace, true)
      if (done !== undefined) void message.success(done)
    } catch (error) { void message.error(describe(error)) }
    await client.invalidateQueries({ queryKey: ['studio-template'] })
  }
}
