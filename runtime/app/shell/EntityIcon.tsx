import {
  AccountBookOutlined, AppstoreOutlined, AuditOutlined, BankOutlined, CalendarOutlined, ContactsOutlined, DollarOutlined, FileDoneOutlined,
  FileTextOutlined, FundProjectionScreenOutlined, PhoneOutlined, ProfileOutlined, ProjectOutlined, ScheduleOutlined, ShopOutlined,
  ShoppingOutlined, SolutionOutlined, TagOutlined, TeamOutlined, UserOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'

/** Icons a definition can name. */
const icons: Record<string, ComponentType> = {
  account: AccountBookOutlined, app: AppstoreOutlined, audit: AuditOutlined, bank: BankOutlined, building: BankOutlined, calendar: CalendarOutlined,
  cash: DollarOutlined, chart: FundProjectionScreenOutlined, contact: ContactsOutlined, contacts: ContactsOutlined, contract: FileDoneOutlined,
  document: FileTextOutlined, file: FileTextOutlined, list: ProfileOutlined, money: DollarOutlined, package: ShoppingOutlined, phone: PhoneOutlined,
  plan: ScheduleOutlined, product: ShoppingOutlined, project: ProjectOutlined, quote: SolutionOutlined, receipt: AccountBookOutlined,
  schedule: ScheduleOutlined, shop: ShopOutlined, tag: TagOutlined, team: TeamOutlined, user: UserOutlined,
}

/** The icon a definition names, else the first letter of the label, so that a collapsed menu can still be read. */
export function EntityIcon({ name, label }: { name: string | undefined; label: string }) {
  const Icon = name && Object.hasOwn(icons, name) ? icons[name] : undefined
  return Icon ? <Icon /> : <span className="fw-letter anticon" aria-hidden>{label.slice(0, 1)}</span>
}
