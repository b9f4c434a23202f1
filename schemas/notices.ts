/** Everything people are told of: one line a kind, in every language. `{title}` is the title of the record as the reader may see it; `{by}` and other ids of people become names. */
import type { Language } from './field-types/field-type'

const kinds = {
  taskOpened: ['To decide: {title}', '待审批：{title}'],
  reminder: ['Reminder, still to decide: {title}', '催办提醒，仍待审批：{title}'],
  urged: ['{by} asks you to decide: {title}', '{by}催办：{title}'],
  escalated: ['Escalated to you, overdue: {title}', '已逾期，升级给您：{title}'],
  transferred: ['{by} handed to you: {title}', '{by}转交给您：{title}'],
  returned: ['Returned to you: {title}', '已退回给您：{title}'],
  approved: ['{by} approved: {title}', '{by}已同意：{title}'],
  rejected: ['{by} rejected: {title}', '{by}已驳回：{title}'],
  cc: ['For your information: {title}', '抄送给您：{title}'],
  ended: ['Approval ended ({result}): {title}', '审批结束（{result}）：{title}'],
  migrated: ['Your approval goes on by a newer version of its flow: {title}. {comment}', '您的审批已改按新版流程继续：{title}。{comment}'],
  incident: ['An approval is stuck: {title}. {reason}', '审批流程异常：{title}。{reason}'],
  deliveryFailed: ['A delivery ({kind}) was given up: {reason}', '外发（{kind}）失败：{reason}'],
  message: ['{text}: {title}', '{text}：{title}'],
} satisfies Record<string, [en: string, zh: string]>

export type NoticeKind = keyof typeof kinds
export const noticeKinds = Object.keys(kinds) as NoticeKind[]

/** What a notice is about. `box`: that of the inbox where it is looked at by who cannot open the record itself: it is in the bin, or only the approval is theirs. */
export interface NoticeLink { entity: string; record: string; instance: string | null; task: string | null; box: 'started' | 'stuck' | null }

/** The screen of the app that shows what a notice is about. */
export function noticeAddress({ entity, record, instance, task, box }: NoticeLink): string {
  if (task !== null) return `/inbox/${encodeURIComponent(task)}`
  return box === null ? `/${entity}/${record}` : `/inbox/${instance}?box=${box}`
}

/** The text of a notice. Parameters that are labels are read in the reader's language, lists of them too; missing ones are empty. */
export const noticeText = (kind: NoticeKind, params: Record<string, unknown>, language: Language): string =>
  kinds[kind][language === 'zh' ? 1 : 0].replace(/\{(\w+)\}/g, (_, name: string) => textOf(params[name], language))

function textOf(value: unknown, language: Language): string {
  if (value !== null && typeof value === 'object' && language in value) return String((value as Record<Language, unknown>)[language])
  return value === undefined || value === null ? '' : String(value)
}
