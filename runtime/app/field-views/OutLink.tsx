/** A link out of the application: mail, telephone, another site. A click does not open the row around it. */
export function OutLink({ href, cell, children }: { href: string; cell?: boolean | undefined; children: string }) {
  const away = /^https?:/.test(href) ? { target: '_blank', rel: 'noopener noreferrer' } : {}
  return <a href={href} {...away} className={cell ? 'fw-ellipsis' : undefined} onClick={(event) => event.stopPropagation()}>{children}</a>
}
