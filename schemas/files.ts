/** What files may be: kinds as people name them, and the content types that belong to each. */
export const fileKinds = {
  image: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'],
  pdf: ['application/pdf'],
  document: ['application/msword', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.oasis.opendocument.text'],
  spreadsheet: ['application/vnd.ms-excel', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.oasis.opendocument.spreadsheet'],
  presentation: ['application/vnd.ms-powerpoint', 'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'application/vnd.oasis.opendocument.presentation'],
  text: ['text/plain'],
  archive: ['application/zip', 'application/gzip', 'application/x-7z-compressed', 'application/vnd.rar'],
  media: ['video/mp4', 'audio/mpeg', 'audio/wav'],
} as const satisfies Record<string, readonly string[]>

export type FileKind = keyof typeof fileKinds

/** What a field's files may be; without kinds anything. */
export interface FileRules { kinds?: readonly FileKind[]; maxBytes: number }

/** A stored file as the API tells of it. */
export interface FileInfo {
  id: string
  name: string
  /** By its content, whatever the sender said. */
  type: string
  /** Bytes. */
  size: number
  sha256: string
  /** A user's id. */
  uploadedBy: string
  at: string
}

/** Whether a browser shows it without harm. Others are only saved. */
export const isShown = (type: string) => (fileKinds.image as readonly string[]).includes(type)

export const isOfKind = (type: string, kinds: readonly FileKind[]) => kinds.some((kind) => (fileKinds[kind] as readonly string[]).includes(type))

export const megabyte = 1024 * 1024
export const sizeText = (bytes: number) => (bytes >= megabyte ? `${+(bytes / megabyte).toFixed(1)} MB` : bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} B`)
