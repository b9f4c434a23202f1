import type { FileField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { FileLink } from './files/FileLink'
import { LazyFiles } from './files/LazyFiles'

const Show = ({ value }: ShowProps<FileField>) => <span className="fw-file-list">{((value as string[] | null) ?? []).map((id) => <FileLink key={id} id={id} />)}</span>

const Input = (props: InputProps<FileField>) => <LazyFiles {...props} max={props.field.max ?? 10} show={(id) => <FileLink id={id} />} />

export const file: FieldView<FileField> = { Show, Input, width: 220, span: 3 }
