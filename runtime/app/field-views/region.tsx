import type { RegionField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LazyRegion, LazyRegions } from './places/LazyRegion'
import { Plain } from './Plain'
import { useLoaded } from './use-loaded'

function Show(props: ShowProps<RegionField>) {
  useLoaded(props.field)
  return <Plain {...props} />
}

const Input = (props: InputProps<RegionField>) => <LazyRegion {...props} depth={props.field.depth ?? 'district'} />
const Many = (props: InputProps<RegionField>) => <LazyRegions {...props} depth={props.field.depth ?? 'district'} />

export const region: FieldView<RegionField> = { Show, Input, Many, quick: 'within', width: 200 }
