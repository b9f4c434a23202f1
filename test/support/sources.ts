/** Our own sources as the compiler reads them: what a file imports, and the texts written in it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'

/** npm runs every script in the project's folder. */
export const root = resolve(process.cwd())

export interface Source { /** Below the project, with slashes. */ path: string; text: string }

/** All sources below a folder; generated ones are left out. */
export function sources(folder: string): Source[] {
  const at = join(root, folder)
  if (!existsSync(at)) return []
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('generated'))
    .map((name) => ({ path: relative(root, join(at, name)), text: readFileSync(join(at, name), 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** What a file imports, re-exports or loads later, as written. */
export const importsOf = ({ text }: Source): string[] => ts.preProcessFile(text, true, true).importedFiles.map((i) => i.fileName)

const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx', '.json', '.css', '.svg', '.mjs']

/** Path below the project of a relative import; undefined when it leads to no file. */
export function resolved({ path }: Source, specifier: string): string | undefined {
  const target = join(root, dirname(path), specifier)
  const file = endings.map((ending) => target + ending).find((candidate) => existsSync(candidate) && statSync(candidate).isFile())
  return file === undefined ? undefined : relative(root, file)
}

export interface Literal { text: string; line: number; /** The literal is compared with a member of that name: `field.type === 'x'`. */ comparedWith?: string }

const known = new Map<string, Literal[]>()

/** Every text literal of a file, other than the names of imported modules, the types of `typeof x === …` and the members of `'x' in y`. */
export function literals(source: Source): Literal[] {
  let found = known.get(source.path)
  if (!found) known.set(source.path, (found = readLiterals(source)))
  return found
}

function readLiterals({ path, text }: Source): Literal[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const found: Literal[] = []
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (!isTypeofTest(node) && !isMemberTest(node)) found.push({ text: node.text, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, comparedWith: comparedMember(node) })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const equalities = new Set([ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken])

function otherSide(node: ts.Node): ts.Expression | undefined {
  const { parent } = node
  if (ts.isCaseClause(parent)) return parent.parent.parent.expression
  if (!ts.isBinaryExpression(parent) || !equalities.has(parent.operatorToken.kind)) return undefined
  return parent.left === node ? parent.right : parent.left
}

const isTypeofTest = (node: ts.Node) => { const other = otherSide(node); return other !== undefined && ts.isTypeOfExpression(other) }

const isMemberTest = ({ parent }: ts.Node) => ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword

function comparedMember(node: ts.Node): string | undefined {
  const other = otherSide(node)
  return other && ts.isPropertyAccessExpression(other) ? other.name.text : undefined
}
