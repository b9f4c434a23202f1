/** Small definitions for tests of the engine. */
import { compileCatalog, type Catalog, type CompiledEntity, type DefinitionProblem, type RuleContext } from '../../runtime/engine'
import type { Definition, Entity, Field, Role, Sharing } from '../../schemas/generated/types'
import { systemDefinitions } from '../../schemas/system'

export const label = { en: 'Label', zh: '标签' }

/** A field with as little as it needs: `text('name', { required: true })`. */
export const field = (type: Field['type'], name: string, members: Record<string, unknown> = {}) => ({ name, type, label: { en: name, zh: name }, ...members }) as Field
export const entity = (name: string, fields: Field[], members: Partial<Entity> = {}): Entity => ({ kind: 'entity', name, label: { en: name, zh: name }, titleField: fields[0]!.name, fields, ...members })
export const role = (name: string, members: Partial<Role> = {}): Role => ({ kind: 'role', name, label: { en: name, zh: name }, grants: [], ...members })

export const sharing = (name: string, of: string, members: Pick<Sharing, 'with' | 'verbs'> & Partial<Sharing>): Sharing => ({ kind: 'sharing', name, label: { en: name, zh: name }, entity: of, ...members })

/** Compiles documents that are meant to be sound. */
export function soundCatalog(documents: Definition[]): Catalog {
  const { catalog, problems } = compileCatalog([...systemDefinitions, ...documents])
  if (problems.length > 0) throw new Error(`not sound: ${JSON.stringify(problems)}`)
  return catalog
}

export const entityIn = (documents: Definition[], name: string): CompiledEntity => soundCatalog(documents).entities.get(name)!

/** The problems of documents, as `entity thing /fields/0 cycle`. */
export function problemsIn(documents: Definition[]): string[] {
  return compileCatalog([...systemDefinitions, ...documents]).problems.map(({ kind, key, path, code }: DefinitionProblem) => `${kind} ${key} ${path} ${code}`)
}

export const ruleContext = (members: Partial<RuleContext> = {}): RuleContext => ({
  me: { id: 'ann', username: 'ann', name: 'Ann', roles: ['rep'], department: 'sales' }, today: '2026-06-15', ...members,
})
