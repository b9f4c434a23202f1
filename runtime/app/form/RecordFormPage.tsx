import { useParams } from 'react-router'
import { CreateRecord } from './CreateRecord'
import { EditRecord } from './EditRecord'

export default function RecordFormPage({ entity }: { entity: string }) {
  const { id } = useParams()
  return id ? <EditRecord entity={entity} id={id} /> : <CreateRecord entity={entity} />
}
