/** The people of a company, as approvals ask about them. Handed in, so that deciding stays pure. */
export interface Directory {
  person(id: string): { id: string; active: boolean; manager: string | null; department: string | null } | undefined
  byUsername(username: string): string | undefined
  byRole(role: string): string[]
  byGroup(group: string): string[]
  /** Id of the department of that name. */
  departmentNamed(name: string): string | undefined
  /** Everybody in a department; with `below` also in those under it. */
  byDepartment(department: string, below: boolean): string[]
  /** Its head and the department above it. */
  departmentAt(department: string): { head: string | null; parent: string | null } | undefined
  /** Who stands in for somebody who is out of office now, and by which entry. */
  deputyOf(person: string, flow: string): { deputy: string; entry: string } | undefined
  /** Who is asked when nobody else can be. */
  admins(): string[]
}
