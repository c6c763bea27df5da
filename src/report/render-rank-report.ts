import { receiptText } from './decision-lines.ts'
import type { RankReport } from '../hub/index.ts'
import { openDrawing } from './drawing.ts'
import { markup } from './markup.ts'
import { rankSections, runParameters } from './rank-sections.ts'
import { reportPage } from './report-page.ts'

/**
 * A ranking by running the models as one HTML page that needs no network and no script: every score, the rows as the
 * first models see them, layer by layer where several were looked at, and how the score depends on the number of
 * principal components. Every text of a card or a dataset is escaped.
 *
 * @param now time printed in the footer
 */
export async function renderRankReport(report: RankReport, now: Date): Promise<string> {
  const drawing = await openDrawing()
  const { result } = report
  return reportPage(
    `Models run on ${result.query.source}`,
    markup`${rankSections(drawing, report)}
<footer>Made by ModelHub on ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC. ${runParameters(result)}${receiptText(result.receipt)}</footer>`,
  )
}
