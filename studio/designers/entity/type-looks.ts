/** How field types are offered when one is chosen: the group each stands in, and its icon. One line a type. */
import {
  AimOutlined, AlignLeftOutlined, ApartmentOutlined, BarcodeOutlined, BgColorsOutlined, BookOutlined, CalculatorOutlined, CalendarOutlined, CheckSquareOutlined, ClockCircleOutlined,
  CodeOutlined, DollarOutlined, DownCircleOutlined, EnvironmentOutlined, FieldBinaryOutlined, FieldTimeOutlined, FontSizeOutlined, FileTextOutlined, FunctionOutlined, HomeOutlined, HourglassOutlined,
  LinkOutlined, MailOutlined, NumberOutlined, PaperClipOutlined, PercentageOutlined, PhoneOutlined, PictureOutlined, ShareAltOutlined, SignatureOutlined, StarOutlined, TableOutlined, TagsOutlined, TeamOutlined,
  UnorderedListOutlined, UserOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'
import type { FieldTypeName } from '../../../schemas/field-types'

export const groups = ['text', 'number', 'time', 'choice', 'relation', 'place', 'structure', 'computed'] as const
interface TypeLook { group: (typeof groups)[number]; Icon: ComponentType }

/** In the order in which a group offers them. */
export const typeLooks: { [T in FieldTypeName]: TypeLook } = {
  text: { group: 'text', Icon: FontSizeOutlined },
  longText: { group: 'text', Icon: AlignLeftOutlined },
  richText: { group: 'text', Icon: FileTextOutlined },
  integer: { group: 'number', Icon: NumberOutlined },
  decimal: { group: 'number', Icon: FieldBinaryOutlined },
  money: { group: 'number', Icon: DollarOutlined },
  percent: { group: 'number', Icon: PercentageOutlined },
  rating: { group: 'number', Icon: StarOutlined },
  date: { group: 'time', Icon: CalendarOutlined },
  dateTime: { group: 'time', Icon: FieldTimeOutlined },
  time: { group: 'time', Icon: ClockCircleOutlined },
  duration: { group: 'time', Icon: HourglassOutlined },
  boolean: { group: 'choice', Icon: CheckSquareOutlined },
  enum: { group: 'choice', Icon: DownCircleOutlined },
  multiEnum: { group: 'choice', Icon: UnorderedListOutlined },
  dictionary: { group: 'choice', Icon: BookOutlined },
  tags: { group: 'choice', Icon: TagsOutlined },
  color: { group: 'choice', Icon: BgColorsOutlined },
  reference: { group: 'relation', Icon: ShareAltOutlined },
  multiReference: { group: 'relation', Icon: ApartmentOutlined },
  user: { group: 'relation', Icon: UserOutlined },
  department: { group: 'relation', Icon: TeamOutlined },
  email: { group: 'place', Icon: MailOutlined },
  phone: { group: 'place', Icon: PhoneOutlined },
  url: { group: 'place', Icon: LinkOutlined },
  region: { group: 'place', Icon: EnvironmentOutlined },
  address: { group: 'place', Icon: HomeOutlined },
  geo: { group: 'place', Icon: AimOutlined },
  lines: { group: 'structure', Icon: TableOutlined },
  json: { group: 'structure', Icon: CodeOutlined },
  file: { group: 'structure', Icon: PaperClipOutlined },
  image: { group: 'structure', Icon: PictureOutlined },
  signature: { group: 'structure', Icon: SignatureOutlined },
  autoNumber: { group: 'computed', Icon: BarcodeOutlined },
  formula: { group: 'computed', Icon: FunctionOutlined },
  rollup: { group: 'computed', Icon: CalculatorOutlined },
}
