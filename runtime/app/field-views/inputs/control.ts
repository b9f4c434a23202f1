import type { InputProps } from '../field-view'

/** What every antd control gets: name, look and state. */
export function controlProps({ id, label, describedBy, invalid, autoFocus, cell }: InputProps) {
  return {
    id,
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
    status: invalid ? ('error' as const) : ('' as const),
    variant: cell ? ('borderless' as const) : ('outlined' as const),
    autoFocus: autoFocus ?? false,
  }
}
