/** Refuses a file before it is parsed when reading it could cost more than a flow is worth. One pass, no recursion, no regular expression. */
import { AppError } from '../../schemas/errors'
import type { Label } from '../../schemas/generated/types'

const mostCharacters = 2_000_000
const mostElements = 20_000
const mostDepth = 60

export function refuseHostile(xml: string): void {
  if (xml.length > mostCharacters) refuse({ en: 'it is too large', zh: '文件过大' })
  let depth = 0
  let elements = 0
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    const skipped = markup.find(([opening]) => xml.startsWith(opening, at))
    if (skipped) {
      const end = xml.indexOf(skipped[1], at)
      if (end < 0) break
      at = end
    } else if (xml[at + 1] === '!') refuse({ en: 'it declares a document type or entities', zh: '含有文档类型或实体声明' })
    else if (xml[at + 1] === '/') depth -= 1
    else {
      const end = xml.indexOf('>', at)
      if (end < 0) break
      if (xml[end - 1] !== '/') depth += 1
      elements += 1
    }
    if (depth > mostDepth) refuse({ en: `it is nested deeper than ${mostDepth} levels`, zh: `嵌套超过${mostDepth}层` })
    if (elements > mostElements) refuse({ en: `it has more than ${mostElements} elements`, zh: `元素超过${mostElements}个` })
  }
}

/** What is no element, and where it ends. */
const markup = [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>']] as const

export function refuse(reason: Label): never {
  throw new AppError(422, 'badBpmn', { reason }, [{ path: '/xml', code: 'badBpmn', params: { reason } }])
}
