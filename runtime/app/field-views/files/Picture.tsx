import { fileUrl } from '../../api/files'
import { useFileName } from './FileLink'

/** A small picture that leads to the whole one. */
export function Picture({ id, cell }: { id: string; cell?: boolean | undefined }) {
  const name = useFileName(id) ?? ''
  return (
    <a href={fileUrl(id)} target="_blank" rel="noopener" title={name} onClick={(event) => event.stopPropagation()}>
      <img className={cell ? 'fw-picture fw-picture-cell' : 'fw-picture'} src={fileUrl(id)} alt={name} loading="lazy" />
    </a>
  )
}
