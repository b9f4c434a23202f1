import { PaperClipOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { fileUrl, getFileInfo } from '../../api/files'
import { useTitle } from '../../titles/titles'

/** A file by its name; a click saves it and does not open the row around it. */
export function FileLink({ id }: { id: string }) {
  const name = useFileName(id)
  return (
    <a className="fw-file" href={fileUrl(id)} download={name} onClick={(event) => event.stopPropagation()}>
      <PaperClipOutlined aria-hidden /> <span className="fw-ellipsis">{name ?? '…'}</span>
    </a>
  )
}

/** Answers tell the names of files; a draft that was kept in the browser does not. */
export function useFileName(id: string): string | undefined {
  const name = useTitle(id)
  useQuery({ queryKey: ['files', id], queryFn: () => getFileInfo(id), enabled: name === undefined, staleTime: Infinity, retry: false })
  return name
}
