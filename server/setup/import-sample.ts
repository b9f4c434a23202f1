import type { HostOptions } from '../host'

export async function importSample(_options: HostOptions, _folder: string): Promise<void> {
  throw new Error('to be written')
}
