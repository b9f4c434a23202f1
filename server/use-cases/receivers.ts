/** Departments that sharing rules name: kept by id from the publication on, so that a rule follows a department that is renamed. */
import type { DefinitionProblem } from '../../runtime/engine'
import type { Definition, Sharing } from '../../schemas/generated/types'
import type { Directory } from '../model/directory'
import type { Model } from '../model/model'

/** A name means what it meant when the rule was published; a new one the department that has it now. One that nobody has is asked again when rights are. */
export function identifiedReceivers(rule: Sharing, before: Sharing | undefined, directory: Directory): Sharing {
  const { departmentIds: _, ...receivers } = rule.with
  const meant = (name: string) => { const known = before?.with.departmentIds?.[name]; return known !== undefined && directory.departmentName(known) !== undefined ? known : directory.departmentNamed(name) }
  const ids = (receivers.departments ?? []).flatMap((name) => { const id = meant(name); return id === undefined ? [] : [[name, id]] })
  return { ...rule, with: ids.length > 0 ? { ...receivers, departmentIds: Object.fromEntries(ids) as Record<string, string> } : receivers }
}

/** Rules that call a department what it is not called any more. */
export function renamedReceivers({ directory }: Model, documents: Definition[]): DefinitionProblem[] {
  return documents.filter((d) => d.kind === 'sharing').flatMap((rule) => (rule.with.departments ?? []).flatMap((name, i): DefinitionProblem[] => {
    const now = directory.departmentName(rule.with.departmentIds?.[name] ?? '')
    return now === undefined || now === name ? [] : [{ kind: 'sharing', key: rule.name, path: `/with/departments/${i}`, code: 'formerName', params: { name, now } }]
  }))
}
