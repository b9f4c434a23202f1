import { AppError } from '../../schemas/errors'
import { deepest, depthOf } from '../json-depth'

/** For `verify` of express.json. 400; 415 for an encoding other than UTF-8, the one of JSON. */
export function refuseDeep(_req: unknown, _res: unknown, body: Buffer, encoding: string) {
  if (encoding !== 'utf-8') throw new AppError(415, 'unsupportedMediaType')
  if (depthOf(body) > deepest) throw new AppError(400, 'tooDeep', { label: { en: 'The request', zh: '请求' }, limit: deepest })
}
