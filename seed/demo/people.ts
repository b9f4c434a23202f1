/** The twelve people of 明磁新材料, its three departments, and who reports to whom. */
import type { DemoCompany, DemoScene } from '../../server/setup/install'

const departments = { office: '总经办', east: '华东销售部', south: '华南销售部' } as const

type Department = keyof typeof departments

interface Employee {
  username: string
  name: string
  role: string
  department: Department
  manager?: string
  /** What the account is good for in a demonstration. */
  shows: string
}

/** Superiors first. */
const employees = [
  { username: 'zhou', name: '周明远', role: 'boss', department: 'office', shows: 'General manager: approves contracts above 500,000' },
  { username: 'shen', name: '沈立群', role: 'director', department: 'office', manager: 'zhou', shows: 'Sales director: sees everything, approves from 100,000' },
  { username: 'lin', name: '林国栋', role: 'salesManager', department: 'east', manager: 'shen', shows: 'Sales manager East China: approvals waiting, quotes to approve' },
  { username: 'huang', name: '黄志坚', role: 'salesManager', department: 'south', manager: 'shen', shows: 'Sales manager South China' },
  { username: 'chen', name: '陈晓雯', role: 'salesRep', department: 'east', manager: 'lin', shows: 'Sales representative: a full pipeline of her own' },
  { username: 'wu', name: '吴俊杰', role: 'salesRep', department: 'east', manager: 'lin', shows: 'Sales representative East China' },
  { username: 'xu', name: '徐婷婷', role: 'salesRep', department: 'east', manager: 'lin', shows: 'Sales representative North and East China' },
  { username: 'liang', name: '梁家豪', role: 'salesRep', department: 'south', manager: 'huang', shows: 'Sales representative South China and export' },
  { username: 'he', name: '何佩玲', role: 'salesRep', department: 'south', manager: 'huang', shows: 'Sales representative South and West China' },
  { username: 'tang', name: '唐敏', role: 'finance', department: 'office', manager: 'zhou', shows: 'Finance: approves contracts, collects what is due' },
  { username: 'sun', name: '孙静', role: 'dataClerk', department: 'office', manager: 'shen', shows: 'Data clerk: products, makes customers official' },
  { username: 'admin', name: '郑凯', role: 'admin', department: 'office', manager: 'zhou', shows: 'Administrator: studio, users and departments' },
] as const satisfies readonly Employee[]

export type Username = (typeof employees)[number]['username']
export const reps = ['chen', 'wu', 'xu', 'liang', 'he'] as const satisfies readonly Username[]
export type Rep = (typeof reps)[number]
export const managerOf: Record<Rep, Username> = { chen: 'lin', wu: 'lin', xu: 'lin', liang: 'huang', he: 'huang' }

/** Ids of the accounts. */
export type Staff = Record<Username, string>

/** Those with the most to see first. */
const showcase: Username[] = ['chen', 'lin', 'shen', 'tang', 'zhou', 'admin', 'sun', 'huang', 'wu', 'xu', 'liang', 'he']

export const accounts: DemoCompany['accounts'] = showcase.map((username) => employees.find((e) => e.username === username)!).map(({ username, name, shows }) => ({ username, name, role: shows }))

/** The engine makes the administrator, who makes everybody else. */
export async function hire({ engine, as }: DemoScene): Promise<Staff> {
  const administrator = employees.find((e) => e.username === 'admin')!
  const office = await engine.create('department', { name: departments.office })
  const admin = await engine.create('user', account(administrator, {}, { [administrator.department]: office.id! }))
  const places: Partial<Record<Department, string>> = { office: office.id! }
  for (const place of ['east', 'south'] as const) places[place] = (await as('admin').create('department', { name: departments[place], parent: office.id })).id!
  const ids: Partial<Staff> = { admin: admin.id! }
  for (const employee of employees) if (employee !== administrator) ids[employee.username] = (await as('admin').create('user', account(employee, ids, places))).id!
  const staff = ids as Staff
  await Promise.all([
    as('admin').update('user', staff.admin, { manager: staff[administrator.manager] }),
    as('admin').update('department', places.office!, { head: staff.zhou }),
    as('admin').update('department', places.east!, { head: staff.lin }),
    as('admin').update('department', places.south!, { head: staff.huang }),
  ])
  return staff
}

function account({ username, name, role, department, manager }: Employee, ids: Partial<Record<string, string>>, places: Partial<Record<Department, string>>) {
  return { username, name, roles: [role], department: places[department], manager: manager === undefined ? null : (ids[manager] ?? null), email: `${username}@mingci.example` }
}

/** The same one for all; it takes a moment, for passwords are slow on purpose. */
export async function givePasswords({ setPassword, password }: DemoScene, staff: Staff): Promise<void> {
  await Promise.all(Object.values(staff).map((id) => setPassword(id, password)))
}
