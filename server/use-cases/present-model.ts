import { AppError } from '../../schemas/errors'
import type { Model, ModelHolder } from '../model/model'

/** So often work is begun again because of a release that came between; more come together in no honest installation. */
const mostReleases = 5

/** Work of the server itself on the definitions in force, begun again when a release comes between. */
export async function withPresentModel<T>(holder: ModelHolder, work: (model: Model) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(await holder.current())
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'definitionsChanged' || attempt === mostReleases) throw error
    }
  }
}
