import type { Figures, Result } from './measure'

const columns = ['case', '', 'CPU ms', 'p50 ms', 'p95 ms', 'req/s', '× floor', 'bar', '']

export function table(results: Result[]): string {
  const rows = results.flatMap(({ case: item, floor, ours, ratio }) => [
    [`${item.key} ${item.title}`, 'floor', ...cells(floor), '', '', ''],
    ['', 'ours', ...cells(ours), ratio.toFixed(2), `≤ ${item.bar}`, ratio <= item.bar ? 'reached' : 'not reached'],
  ])
  const widths = columns.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)))
  const line = (row: string[]) => row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ').trimEnd()
  return [columns, ...rows].map(line).join('\n')
}

const cells = ({ cpu, p50, p95, perSecond }: Figures) => [cpu.toFixed(3), p50.toFixed(2), p95.toFixed(2), perSecond.toFixed(0)]

/** How far the rounds lie apart: the noise of the machine. */
export const spread = (results: Result[]) => results.map(({ case: item, ratios }) => `${item.key} ${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`).join('   ')
