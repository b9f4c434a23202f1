import type { DefinitionProblem } from '../api/studio-api'
import { pointerOf, type Path } from '../editor/path'

/** Problems at a place or inside it. */
export function problemsAt(problems: readonly DefinitionProblem[], path: Path): DefinitionProblem[] {
  const pointer = pointerOf(path)
  return problems.filter((p) => p.path === pointer || p.path.startsWith(`${pointer}/`))
}
