import {
  AccountBookOutlined, ApartmentOutlined, AppstoreOutlined, AuditOutlined, BankOutlined, BarChartOutlined, BellOutlined, BookOutlined,
  CalculatorOutlined, CalendarOutlined, CarOutlined, ContactsOutlined, ContainerOutlined, CustomerServiceOutlined, DollarOutlined,
  FileDoneOutlined, FileProtectOutlined, FileTextOutlined, FlagOutlined, FundOutlined, GiftOutlined, IdcardOutlined, MailOutlined,
  MessageOutlined, NotificationOutlined, PayCircleOutlined, PhoneOutlined, ProfileOutlined, ProjectOutlined, ScheduleOutlined, SettingOutlined,
  ShopOutlined, ShoppingOutlined, SolutionOutlined, StarOutlined, TagOutlined, TeamOutlined, ToolOutlined, TrophyOutlined, UserOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'

/** Icons a definition can name: Ant Design's outlined ones, without the word. */
const icons: Record<string, ComponentType<{ 'aria-hidden': true }>> = {
  accountBook: AccountBookOutlined, apartment: ApartmentOutlined, appstore: AppstoreOutlined, audit: AuditOutlined, bank: BankOutlined,
  barChart: BarChartOutlined, bell: BellOutlined, book: BookOutlined, calculator: CalculatorOutlined, calendar: CalendarOutlined, car: CarOutlined,
  contacts: ContactsOutlined, container: ContainerOutlined, customerService: CustomerServiceOutlined, dollar: DollarOutlined,
  fileDone: FileDoneOutlined, fileProtect: FileProtectOutlined, fileText: FileTextOutlined, flag: FlagOutlined, fund: FundOutlined,
  gift: GiftOutlined, idcard: IdcardOutlined, mail: MailOutlined, message: MessageOutlined, notification: NotificationOutlined,
  payCircle: PayCircleOutlined, phone: PhoneOutlined, profile: ProfileOutlined, project: ProjectOutlined, schedule: ScheduleOutlined,
  setting: SettingOutlined, shop: ShopOutlined, shopping: ShoppingOutlined, solution: SolutionOutlined, star: StarOutlined, tag: TagOutlined,
  team: TeamOutlined, tool: ToolOutlined, trophy: TrophyOutlined, user: UserOutlined,
}

/** The icon a definition names, else the first letter of the label, so that a collapsed menu can still be read. */
export function EntityIcon({ name, label }: { name: string | undefined; label: string }) {
  const Icon = name && Object.hasOwn(icons, name) ? icons[name] : undefined
  return Icon ? <Icon aria-hidden /> : <span className="fw-letter anticon" aria-hidden>{label.slice(0, 1)}</span>
}
