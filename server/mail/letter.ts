/** What a notice looks like as a letter: plain text, and the same as simple HTML. */
import type { Language } from '../../schemas/field-types/field-type'
import { escapeHtml } from './html'

export interface LetterContent {
  language: Language
  name: string
  text: string
  /** Where what it is about can be seen. */
  url: string | null
  /** Where it can be decided without signing in. */
  decideUrl: string | null
}

const words = {
  greeting: ['Hello {name},', '{name}，您好：'],
  open: ['Open', '打开'],
  decide: ['Decide', '审批'],
  personal: ['The link to decide is for you alone and works once.', '审批链接仅供您本人使用，且只能使用一次。'],
  why: ['You can switch these messages off in the app, behind the bell.', '可在系统右上角的通知中关闭邮件提醒。'],
} satisfies Record<string, [en: string, zh: string]>

const word = (name: keyof typeof words, language: Language) => words[name][language === 'zh' ? 1 : 0]

export function letterOf({ language, name, text, url, decideUrl }: LetterContent): { subject: string; text: string; html: string } {
  const links = [[word('open', language), url], [word('decide', language), decideUrl]].filter((l): l is [string, string] => l[1] !== null)
  const before = [word('greeting', language).replace('{name}', name), text]
  const after = [...(decideUrl === null ? [] : [word('personal', language)]), word('why', language)]
  return {
    subject: text.replace(/\s+/g, ' ').slice(0, 200),
    text: [...before, ...links.map(([label, to]) => `${label}: ${to}`), ...after].join('\n\n'),
    html: [...before.map(paragraph), ...links.map(([label, to]) => `<p><a href="${escapeHtml(to)}">${escapeHtml(label)}</a></p>`), ...after.map(paragraph)].join('\n'),
  }
}

const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`
