import { readAddress, type Address } from '../../../schemas/field-types/address/address'
import type { AddressField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LineInput } from './inputs/LineInput'
import { ReadInput } from './inputs/ReadInput'
import { AddressInput } from './places/AddressInput'
import { LazyRegion } from './places/LazyRegion'
import { Plain } from './Plain'
import { useLoaded } from './use-loaded'

function Show(props: ShowProps<AddressField>) {
  useLoaded(props.field)
  return <span className={props.cell ? 'fw-ellipsis' : ''}><Plain {...props} /></span>
}

const Input = (props: InputProps<AddressField>) => (props.cell ? <ReadInput {...props} /> : <AddressInput {...props} />)

const Piece = (props: InputProps<AddressField>) => <LineInput {...props} />

/** Where addresses may lie; what a condition in the address says as text is understood. */
function Area({ value, onChange, ...props }: InputProps<AddressField>) {
  const { region = null } = typeof value === 'string' ? readAddress(value) : ((value as Address | null) ?? {})
  return <LazyRegion {...props} value={region} onChange={(code) => onChange(code === null ? null : { region: code })} depth="district" />
}

export const address: FieldView<AddressField> = { Show, Input, Choice: Piece, operands: { within: Area }, quick: 'within', width: 280, span: 3 }
