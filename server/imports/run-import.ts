/**
 * An import from beginning to end:
 *
 *     checkFiles     every file and column is there           read-csv.ts
 *     checkMapping   every entity and field is there          check-mapping.ts
 *     publishMissing the definitions it brings along          publish-missing.ts
 *     importStep     for each step, in order                  import-step.ts
 *       takeRow        for each row, in a transaction         row-wish.ts, convert.ts, import-row.ts
 *
 * Nothing is written before both checks have passed. An import that is broken off is simply run again: what is there already stays.
 */
import { join } from 'node:path'
import type { ModelHolder } from '../model/model'
import type { Services } from '../use-cases/context'
import type { Release } from '../use-cases/publish-release'
import { checkFiles, checkMapping } from './check-mapping'
import { importContext, importStep, type StepTotals } from './import-step'
import type { FoundMapping } from './mapping'
import { findMissing, publishMissing } from './publish-missing'
import { withPresentFields } from './present-names'
import { Report, type Reason } from './report'

export interface ImportOptions {
  services: Services
  holder: ModelHolder
  /** Where the CSV files are. */
  folder: string
  mapping: FoundMapping
  /** Where the report goes. */
  reports: string
  /** Hears of the release and of every step as it ends. */
  onProgress?: (done: { release: Release } | { step: StepTotals }) => void
}

export interface ImportSummary {
  /** Set when definitions had to be published. */
  release?: Release
  steps: StepTotals[]
  reasons: Reason[]
  /** The file with every problem of every row. */
  report: string
  seconds: number
}

/** Carries out a mapping. Fails with ImportError, and nothing written, when mapping, definitions and files do not fit. */
export async function runImport({ services, holder, folder, mapping, reports, onProgress }: ImportOptions): Promise<ImportSummary> {
  const started = performance.now()
  await checkFiles(folder, mapping.mapping)
  const release = await prepare(services, holder, mapping)
  if (release) onProgress?.({ release })
  const report = await Report.open(join(reports, `${services.clock.now().replace(/[:.]/g, '-')}-report.csv`))
  const steps: StepTotals[] = []
  try {
    for (const step of mapping.mapping.steps) {
      const ctx = await importContext(services, holder)
      const totals = await importStep(ctx, withPresentFields(step, ctx.model.catalog), folder, (...refused) => report.add(...refused))
      steps.push(totals)
      onProgress?.({ step: totals })
    }
  } finally {
    await report.close()
  }
  return { ...(release && { release }), steps, reasons: report.reasons, report: report.file, seconds: (performance.now() - started) / 1000 }
}

async function prepare(services: Services, holder: ModelHolder, mapping: FoundMapping): Promise<Release | undefined> {
  const ctx = await importContext(services, holder)
  const missing = await findMissing(ctx, mapping)
  checkMapping(mapping, missing.catalog)
  return publishMissing(ctx, missing)
}
