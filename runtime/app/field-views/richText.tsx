import { lazy, Suspense, type ComponentProps } from 'react'
import { Input as AntInput } from 'antd'
import { fieldTypes } from '../../../schemas/field-types'
import type { RichTextField } from '../../../schemas/generated/types'
import type { FieldView, InputProps, ShowProps } from './field-view'
import { LineInput } from './inputs/LineInput'
import { RichText } from './rich/RichText'

/** The editor is heavy: it comes when the first such field is to be typed. */
const Editor = lazy(() => import('./rich/RichInput').then(({ RichInput }) => ({ default: RichInput })))

const plain = (props: { value: unknown; field: RichTextField }) => fieldTypes.richText.format(props.value ?? null, props.field, { language: 'en' })

const Show = ({ cell, ...props }: ShowProps<RichTextField>) => (cell ? <span className="fw-ellipsis">{plain(props).replaceAll('\n', ' ')}</span> : <RichText html={(props.value as string | null) ?? ''} />)

/** In a cell one line is typed; what had marks keeps them until it is typed anew. */
const Input = (props: InputProps<RichTextField>) => (props.cell ? <LineInput {...props} value={plain(props)} /> : <LazyEditor {...props} />)

const LazyEditor = (props: ComponentProps<typeof Editor>) => (
  <Suspense fallback={<AntInput.TextArea id={props.id} aria-label={props.label} rows={4} value={plain(props as InputProps<RichTextField>)} readOnly />}><Editor {...props} /></Suspense>
)

const Piece = (props: InputProps<RichTextField>) => <LineInput {...props} />

export const richText: FieldView<RichTextField> = { Show, Input, Choice: Piece, quick: 'contains', width: 260, span: 3 }
