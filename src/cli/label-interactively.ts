import { ModelHubError } from '../common/index.ts'
import type { Labelling } from '../hub/index.ts'
import { writeSession } from './label-session.ts'
import { printLine } from './print.ts'
import { renderLabelling, renderRow } from './render-labelling.ts'

/** Models shown after each answer. */
const MOST_MODELS = 8

/** Labels named in the question. */
const MOST_LABELS = 12

export interface LabelPromptOptions {
  /** Labels to ask for, those that there are already among them. */
  readonly budget: number
  /** File that every answer is kept in before the next question. */
  readonly session: string
  readonly signal: AbortSignal
}

type Reply = { readonly label: string } | 'skip' | 'undo' | 'quit'

/**
 * Asks for the labels of rows on the terminal until the budget is used up, no row is left that tells models apart, or
 * the person leaves. What the labels say is shown after each.
 *
 * @throws CANCELLED on Ctrl-C; what was answered is kept
 */
export async function labelInteractively(labelling: Labelling, options: LabelPromptOptions): Promise<void> {
  // A terminal that does not say how large it is says 0: the question would be wrapped after every letter, or not drawn.
  process.stdout.columns ||= 80
  process.stdout.rows ||= 24
  const shown = () => renderLabelling(labelling.result(), { most: MOST_MODELS })
  printLine(shown())
  while (labelling.labelled < options.budget) {
    const [row] = labelling.next()
    if (row === undefined) {
      printLine('No row is left on which the models disagree.')
      return
    }
    const content = (await labelling.contentsOf([row])).get(row) ?? {}
    printLine(`\n${renderRow(row, content, labelling.predictionsOf(row))}\n`)
    const reply = await asked(labelling, row, options)
    if (reply === 'quit') return
    if (reply === 'undo') {
      const taken = labelling.undo()
      printLine(taken ? `Took back the answer for row ${taken.row}.` : 'There is nothing to take back.')
    } else labelling.answer({ row, label: reply === 'skip' ? null : reply.label })
    await writeSession(options.session, labelling)
    printLine(shown())
  }
}

async function asked(
  labelling: Labelling,
  row: number,
  { budget, session, signal }: LabelPromptOptions,
): Promise<Reply> {
  const { isCancel, text } = await import('@clack/prompts')
  const { classes, labelled } = labelling
  const numbered = !classes.some(name => /^\d+$/.test(name.trim()))
  const named = classes.slice(0, MOST_LABELS).map((name, i) => (numbered ? `${i + 1} ${name}` : name))
  const more = classes.length > MOST_LABELS ? ', …' : ''
  const message = `Label of row ${row}, ${labelled + 1} of ${budget} (${named.join(', ')}${more})`
  const reply = await text({
    message,
    placeholder: 'Enter skips, u takes the last answer back, q leaves',
    validate: given => (replyOf(given ?? '', labelling, numbered) ? undefined : `No label: ${given}`),
    signal,
  })
  if (isCancel(reply)) {
    throw new ModelHubError('CANCELLED', `label: stopped; the answers are kept in ${session}`)
  }
  return replyOf(reply, labelling, numbered)!
}

/** A label by its name, or by its number where no label is a number itself; then the commands, also as :u and :q. */
function replyOf(given: string, labelling: Labelling, numbered: boolean): Reply | undefined {
  const word = given.trim()
  if (word === '') return 'skip'
  const label =
    labelling.className(word) ?? (numbered && /^\d+$/.test(word) ? labelling.classes[Number(word) - 1] : undefined)
  if (label !== undefined) return { label }
  if (word === 'u' || word === ':u') return 'undo'
  return word === 'q' || word === ':q' ? 'quit' : undefined
}
