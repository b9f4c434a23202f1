/** `npm run import:sample -- DIR`: the files of a folder through the mapping that fits them, and what became of the rows. */
import { join } from 'node:path'
import { finishReleases, openInstallation, type InstallationOptions } from '../installation'
import type { StepTotals } from '../imports/import-step'
import { findMapping } from '../imports/mapping'
import type { Reason } from '../imports/report'
import { runImport, type ImportSummary } from '../imports/run-import'

export async function importSample(options: InstallationOptions, folder: string, say: (line: string) => void = console.log): Promise<ImportSummary> {
  const mapping = findMapping(folder, join(options.root, 'seed/samples'))
  const installation = await openInstallation({ ...options, tell: say })
  const { services, holder } = installation
  try {
    await finishReleases(installation)
    say(`Import ${mapping.mapping.name} from ${folder}`)
    const summary = await runImport({
      services, holder, folder, mapping, reports: join(options.config.dataDir, 'imports'),
      onProgress: (done) => say('step' in done ? stepLine(done.step) : `  published as release ${done.release.number}: ${done.release.items.map((i) => `${i.kind} ${i.key}`).join(', ')}`),
    })
    for (const line of closing(summary)) say(line)
    return summary
  } finally {
    await services.store.close()
  }
}

const number = (n: number) => n.toLocaleString('en')

function stepLine(totals: StepTotals): string {
  const counts = (['created', 'changed', 'unchanged', 'refused', 'passed'] as const).map((name) => `${number(totals[name])} ${name === 'passed' ? 'passed over' : name}`)
  return `  ${totals.id} (${totals.file}): ${number(totals.rows)} rows, ${counts.join(', ')}`
}

function closing({ steps, reasons, report, seconds }: ImportSummary): string[] {
  const rows = steps.reduce((sum, s) => sum + s.rows, 0)
  return [
    ...(reasons.length > 0 ? ['Refused, by reason (a row can have several):', ...reasons.map(reasonLine), `Every refused row: ${report}`] : ['Nothing was refused.']),
    `${number(rows)} rows in ${seconds.toFixed(1)} s, ${number(Math.round(rows / seconds))} a second`,
  ]
}

function reasonLine({ file, column, rows, message, various }: Reason): string {
  return `  ${number(rows).padStart(7)}  ${column === '' ? file : `${file}, ${column}`}: ${message.replace(/\s+/g, ' ')}${various ? ' And others like it.' : ''}`
}
