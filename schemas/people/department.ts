import type { PersonKind } from './person-kind'

export const department: PersonKind<'department'> = {
  fixed: true,
  resolve: ({ department: name, below = false }, { people }) => {
    const id = people.departmentNamed(name)
    return id === undefined ? [] : people.byDepartment(id, below)
  },
}
