import { Button } from 'antd'
import { lazy, Suspense, type ComponentProps } from 'react'

/** What uploads comes when the first file is to be chosen. */
const Files = lazy(() => import('./FilesInput').then(({ FilesInput }) => ({ default: FilesInput })))
const Signature = lazy(() => import('./SignatureInput').then(({ SignatureInput }) => ({ default: SignatureInput })))

export const LazyFiles = (props: ComponentProps<typeof Files>) => <Suspense fallback={<Waiting id={props.id} />}><Files {...props} /></Suspense>
export const LazySignature = (props: ComponentProps<typeof Signature>) => <Suspense fallback={<Waiting id={props.id} />}><Signature {...props} /></Suspense>

const Waiting = ({ id }: { id: string }) => <Button id={id} loading disabled />
