/** Our server, as `npm start` runs it. */
import { startHost } from '../../../server/host'
import { attend } from './child'
import { hostOptions } from './installation'

const host = await startHost(hostOptions(process.argv[2]!))
attend(host.url, () => host.close())
