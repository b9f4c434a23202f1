import { Input } from 'antd'
import { lazy, Suspense, type ComponentProps } from 'react'

/** The calendar is heavy: it comes when the first date is to be typed, and its place is kept meanwhile. */
const Day = lazy(() => import('./DateInput').then(({ DateInput }) => ({ default: DateInput })))
const Range = lazy(() => import('./DateInput').then(({ DateRange }) => ({ default: DateRange })))

type Props = ComponentProps<typeof Day>

export const LazyDate = (props: Props) => <Suspense fallback={<Waiting {...props} />}><Day {...props} /></Suspense>
export const LazyDateRange = (props: Props) => <Suspense fallback={<Waiting {...props} />}><Range {...props} /></Suspense>

const Waiting = ({ id, label, placeholder }: Props) => <Input id={id} aria-label={label} placeholder={placeholder ?? ''} readOnly />
