import { Input } from 'antd'
import { lazy, Suspense, type ComponentProps } from 'react'

/** The cascade of menus and the regions come when the first is to be chosen. */
const One = lazy(() => import('./RegionInput').then(({ RegionInput }) => ({ default: RegionInput })))
const Several = lazy(() => import('./RegionInput').then(({ RegionsInput }) => ({ default: RegionsInput })))

type Props = ComponentProps<typeof One>

export const LazyRegion = (props: Props) => <Suspense fallback={<Waiting {...props} />}><One {...props} /></Suspense>
export const LazyRegions = (props: Props) => <Suspense fallback={<Waiting {...props} />}><Several {...props} /></Suspense>

const Waiting = ({ id, label, placeholder }: Props) => <Input id={id} aria-label={label} placeholder={placeholder ?? ''} readOnly />
