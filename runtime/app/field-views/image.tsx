import type { ImageField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LazyFiles } from './files/LazyFiles'
import { Picture } from './files/Picture'

const Show = ({ value, cell }: ShowProps<ImageField>) => <span className="fw-file-list">{((value as string[] | null) ?? []).map((id) => <Picture key={id} id={id} cell={cell} />)}</span>

const Input = (props: InputProps<ImageField>) => <LazyFiles {...props} max={props.field.max ?? 10} show={(id) => <Picture id={id} />} />

export const image: FieldView<ImageField> = { Show, Input, width: 160, span: 3 }
