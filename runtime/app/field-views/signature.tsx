import type { SignatureField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LazySignature } from './files/LazyFiles'
import { Picture } from './files/Picture'

const Show = ({ value, cell }: ShowProps<SignatureField>) => (value ? <Picture id={value as string} cell={cell} /> : null)

const Input = (props: InputProps<SignatureField>) => <LazySignature {...props} />

export const signature: FieldView<SignatureField> = { Show, Input, width: 140, span: 3 }
