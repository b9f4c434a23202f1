import type { FileInfo } from '../../../schemas/files'
import { learnTitles } from '../titles/titles'
import { ApiProblem, type ProblemDocument } from './api-problem'
import { request } from './client'
import { connection } from './connection'
import type { Id } from './types'

export const fileUrl = (id: Id) => `/api/v1/files/${encodeURIComponent(id)}`

/** What is known of a file; its name is remembered as its title. */
export async function getFileInfo(id: Id): Promise<FileInfo> {
  return known(await request<FileInfo>(`/files/${encodeURIComponent(id)}/info`))
}

interface Upload { signal: AbortSignal; /** 0 … 1. */ onProgress: (share: number) => void }

/** Sends a file. Not `fetch`: only XMLHttpRequest tells how far it is. Rejects with `ApiProblem`, or an AbortError. */
export function uploadFile(file: Blob, name: string, { signal, onProgress }: Upload): Promise<FileInfo> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open('POST', '/api/v1/files')
    call.responseType = 'json'
    call.setRequestHeader('Accept-Language', connection.language)
    call.setRequestHeader('X-CSRF-Token', connection.csrfToken)
    call.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    call.onload = () => { if (call.status === 201) resolve(known(call.response as FileInfo)); else reject(new ApiProblem(problemOf(call))) }
    call.onerror = () => reject(new ApiProblem({ title: 'No answer from the server', status: 0, code: 'network' }))
    call.onabort = () => reject(new DOMException('cancelled', 'AbortError'))
    signal.addEventListener('abort', () => call.abort())
    const body = new FormData()
    body.append('file', file, name)
    call.send(body)
  })
}

const problemOf = ({ response, status, statusText }: XMLHttpRequest) => (response as ProblemDocument | null) ?? { title: statusText, status, code: 'internal' }

function known(file: FileInfo): FileInfo {
  learnTitles({ [file.id]: file.name })
  return file
}
