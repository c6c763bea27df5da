import type { Labelling } from '../hub/index.ts'
import { labelInteractively } from './label-interactively.ts'
import { readSession, told, writeSession } from './label-session.ts'
import { readLabels, refuseUnread, writeRowsToLabel } from './label-table.ts'
import { printJson, printLine, printNote } from './print.ts'
import { renderLabelling } from './render-labelling.ts'

/** How a labelling goes on. */
export interface LabelCall {
  /** Labels to ask for, those that there are already among them. */
  readonly budget: number
  /** Table to write the next rows to. */
  readonly out?: string
  /** Table to read labels from. */
  readonly labels?: string
  /** File that answers are kept in. */
  readonly session: string
  readonly json?: boolean
  readonly signal: AbortSignal
}

/**
 * Goes on with a labelling: reads what was answered, asks on the terminal or writes a table of the next rows, and prints
 * what the labels say of the models.
 *
 * @throws what the session and the tables throw; CANCELLED on Ctrl-C
 */
export async function runLabelling(labelling: Labelling, call: LabelCall): Promise<void> {
  const { labels, out, session, json, budget, signal } = call
  await readSession(session, labelling)
  if (out !== undefined && out !== labels) await refuseUnread(out)
  if (labels !== undefined) {
    for (const answer of await readLabels(labels)) told(labels, () => labelling.answer(answer))
  }
  await writeSession(session, labelling)
  const left = Math.max(0, budget - labelling.labelled)
  if (labels === undefined && out === undefined) {
    printNote(`answers are kept in ${session}`)
    return labelInteractively(labelling, { budget, session, signal })
  }
  const result = labelling.result({ next: out === undefined ? 0 : left })
  for (const warning of result.warnings) printNote(`note: ${warning}`)
  if (out !== undefined) {
    const rows = result.next.map(({ row }) => row)
    await writeRowsToLabel(out, labelling, rows)
    printNote(`${rows.length} rows to label written to ${out}; answers are kept in ${session}`)
  }
  if (json) printJson(result)
  else printLine(renderLabelling(result))
}
