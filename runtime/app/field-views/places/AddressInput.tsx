import { Select } from 'antd'
import { useMemo, useRef } from 'react'
import { countryName, home, type Address } from '../../../../schemas/field-types/address/address'
import { countries } from '../../../../schemas/field-types/address/countries'
import { useLanguage, useText } from '../../i18n'
import type { InputProps } from '../field-view'
import { controlProps } from '../inputs/control'
import { LineInput } from '../inputs/LineInput'
import { LazyRegion } from './LazyRegion'
import './places.css'

/** An address in its parts; abroad there is a country and no region. The label of the field leads to the street. */
export function AddressInput(props: InputProps) {
  const t = useText()
  const value = (typeof props.value === 'string' ? { street: props.value } : props.value ?? {}) as Address
  const latest = useRef(value)
  latest.current = value
  const put = (part: Address) => { latest.current = { ...latest.current, ...part }; props.onChange(someOf(latest.current)) }
  const part = (name: keyof Address, text: string) => ({ ...props, id: `${props.id}-${name}`, label: text, placeholder: text, value: value[name] ?? null, onChange: (typed: unknown) => put({ [name]: (typed as string | null) ?? '' }), autoFocus: false })
  const { country = home } = value
  return (
    <div className="fw-address" role="group" aria-label={props.label}>
      <Country {...part('country', t('address.country'))} value={country} onChange={(code) => put({ country: code === home ? '' : code as string, region: code === home ? latest.current.region ?? '' : '' })} />
      <div className="fw-address-region">{country === home && <LazyRegion {...part('region', t('region.choose'))} depth="district" />}</div>
      <LineInput {...part('postalCode', t('address.postalCode'))} />
      <div className="fw-address-street"><LineInput {...part('street', t('address.street'))} id={props.id} autoFocus={props.autoFocus ?? false} /></div>
    </div>
  )
}

/** Only what says something; nothing at all is no address. */
function someOf(value: Address): Address | null {
  const said = Object.fromEntries(Object.entries(value).filter(([, text]) => text))
  return Object.keys(said).length === 0 ? null : said
}

function Country(props: InputProps) {
  const language = useLanguage()
  const options = useMemo(() => [home, ...countries.filter((code) => code !== home)].map((value) => ({ value, label: countryName(value, language) })), [language])
  return <Select {...controlProps(props)} className="fw-wide" options={options} value={props.value as string} onChange={props.onChange} disabled={props.readOnly ?? false} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={false} />
}
