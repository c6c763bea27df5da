import type { Hub, LoadedSketch, SearchOptions, SearchResult } from '../hub/index.ts'
import { printNote } from './print.ts'
import { writeWhole } from './write-whole.ts'

/** Searches and writes the report of it, one HTML file. */
export async function searchWithReport(
  hub: Hub,
  target: LoadedSketch,
  options: SearchOptions & { readonly html: string },
): Promise<SearchResult> {
  const report = await hub.report(target, options)
  const { renderSearchReport } = await import('../report/index.ts')
  await writeWhole(options.html, Buffer.from(await renderSearchReport(report, new Date())))
  printNote(`report written to ${options.html}`)
  return report.result
}
