/** Places whose value is better chosen in a way of its own than by the kind of its control. */
import type { ComponentType } from 'react'
import type { ControlProps } from './props'
import { NameInput } from './names'
import { DefaultInput } from './DefaultInput'
import { PersonInput } from './PersonInput'
import { StageIdInput } from './StageIdInput'

type Special = ComponentType<ControlProps<never>>
const byPlace: Readonly<Record<string, Special>> = { 'UserAssignee.user': PersonInput, 'Stage.id': StageIdInput, 'Pipeline.transitions.from': NameInput }
const byEnding: readonly (readonly [RegExp, Special])[] = [[/Field\.default$/, DefaultInput]]

export function specialView(place: string): Special | undefined {
  return byPlace[place] ?? byEnding.find(([pattern]) => pattern.test(place))?.[1]
}
