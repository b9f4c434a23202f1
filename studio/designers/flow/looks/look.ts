import type { ReactNode } from 'react'
import type { TextKey } from '../../../i18n'
import type { Layer } from './layer'

/** Something that is drawn over the flow, with its panel beside it and what stands below. */
export interface Look { icon: ReactNode; title: TextKey; layer: Layer | undefined; side?: ReactNode; below?: ReactNode }
