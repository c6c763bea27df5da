import type { SearchReport } from '../hub/index.ts'
import { printNote } from './print.ts'
import { writeWhole } from './write-whole.ts'

/** Writes the report of a search, one HTML file. */
export async function writeSearchReport(html: string, report: SearchReport): Promise<void> {
  const { renderSearchReport } = await import('../report/index.ts')
  await writeWhole(html, Buffer.from(await renderSearchReport(report, new Date())))
  printNote(`report written to ${html}`)
}
