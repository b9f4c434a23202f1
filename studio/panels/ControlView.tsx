import type { ComponentType } from 'react'
import type { Control } from './control'
import { controlViews } from './controls'
import type { ControlProps } from './controls/props'
import { specialView } from './controls/special'

/** The look of a control. */
export function ControlView(props: ControlProps) {
  const View = (specialView(props.control.place) ?? controlViews[props.control.kind]) as ComponentType<ControlProps<Control>>
  return <View {...props} />
}
