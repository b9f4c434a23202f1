/** Whether a mapping fits the definitions and the files, so that nothing is begun that cannot be done. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fieldOf, type Catalog, type CompiledEntity } from '../../runtime/engine'
import type { Problem } from '../../schemas/errors'
import { isDateFormat } from './dates'
import { columnsOf, faultLine, filesOf, ImportError, mappingFile, type FoundMapping } from './mapping'
import type { Fields, Mapping, Source, Step } from './mapping-types'
import { readHeader } from './read-csv'

/** Every entity, field and lookup that is named must be there. Fails with every fault. */
export function checkMapping({ mapping, home }: FoundMapping, catalog: Catalog): void {
  const problems = mapping.steps.flatMap((step, i) => stepProblems(step, catalog).map((p) => ({ ...p, path: `/steps/${i}${p.path}` })))
  if (problems.length > 0) throw new ImportError(problems.map((p) => faultLine(join(home, mappingFile), p)))
}

function stepProblems(step: Step, catalog: Catalog): Problem[] {
  const entity = catalog.entities.get(step.entity)
  if (!entity) return [noEntity('/entity', step.entity)]
  const unfilled = step.match.filter((name) => !Object.hasOwn(step.fields, name))
  return [
    ...unfilled.map((name): Problem => ({ path: '/match', code: 'missingMember', params: { name: `fields.${name}` } })),
    ...fieldsProblems(entity, step.fields, '/fields', catalog),
    ...(step.stage && !entity.definition.pipeline ? [{ path: '/stage', code: 'noSuchDefinition' as const, params: { kind: { en: 'pipeline', zh: '销售模式' }, name: step.entity } }] : []),
    ...(step.stage ? sourceProblems(step.stage.to, '/stage/to', catalog) : []),
    ...fieldsProblems(entity, step.stage?.fields ?? {}, '/stage/fields', catalog),
  ]
}

function fieldsProblems(entity: CompiledEntity, fields: Fields, path: string, catalog: Catalog): Problem[] {
  return Object.entries(fields).flatMap(([name, source]) => [...fieldProblem(entity, name, `${path}/${name}`), ...sourceProblems(source, `${path}/${name}`, catalog)])
}

function sourceProblems(source: Source, path: string, catalog: Catalog): Problem[] {
  const origins = [source.column, source.template, source.constant].filter((o) => o !== undefined).length
  return [
    ...(origins === 1 ? [] : [bad(path, 'one of column, template, constant')]),
    ...(source.date === undefined || isDateFormat(source.date) ? [] : [bad(`${path}/date`, 'YYYY, M or MM, D or DD, once each')]),
    ...lookupProblems(source, `${path}/lookup`, catalog),
    ...(source.fallback ? sourceProblems(source.fallback, `${path}/fallback`, catalog) : []),
  ]
}

function lookupProblems({ lookup }: Source, path: string, catalog: Catalog): Problem[] {
  if (!lookup) return []
  const target = catalog.entities.get(lookup.entity)
  if (!target) return [noEntity(`${path}/entity`, lookup.entity)]
  return [...fieldProblem(target, lookup.by, `${path}/by`), ...(lookup.take === undefined ? [] : fieldProblem(target, lookup.take, `${path}/take`))]
}

const bad = (path: string, reason: string): Problem => ({ path, code: 'badMember', params: { reason } })
const noEntity = (path: string, name: string): Problem => ({ path, code: 'noSuchEntity', params: { name } })
const fieldProblem = (entity: CompiledEntity, name: string, path: string): Problem[] =>
  fieldOf(entity, name) ? [] : [{ path, code: 'noSuchField', params: { name, entity: entity.definition.label } }]

/** Every file and column that is named must be there. Fails with every fault. */
export async function checkFiles(folder: string, mapping: Mapping): Promise<void> {
  const faults = await Promise.all(filesOf(mapping).map((file) => fileFaults(folder, file, mapping.steps.filter((s) => s.file === file))))
  if (faults.flat().length > 0) throw new ImportError(faults.flat())
}

async function fileFaults(folder: string, file: string, steps: Step[]): Promise<string[]> {
  if (!existsSync(join(folder, file))) return [`${file}: there is no such file in ${folder}.`]
  const header = await readHeader(join(folder, file))
  const wanted = [...new Set(steps.flatMap(columnsOf))]
  const problems = wanted.flatMap((name): Problem[] => {
    const count = header.filter((h) => h === name).length
    return count === 1 ? [] : [{ path: '', code: count === 0 ? 'unknownColumn' : 'duplicateName', params: { name } }]
  })
  return problems.map((p) => faultLine(`${file}, line 1, ${String(p.params!.name)}`, p))
}
