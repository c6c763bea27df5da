import { ModelHubError } from '../common/index.ts'
import { joinLabelSpaces, toJoinedLabels } from '../confidence/index.ts'
import { modelBeliefs, nextRows, type LabelEvidence } from '../decision/index.ts'
import { rowContents, type PreparedDataset, type RowContent } from '../inputs/index.ts'
import { mostProbable } from '../math/probabilities.ts'
import { knownClasses, type FailedCandidate, type RunCandidate } from '../rank/index.ts'
import type { LabelResult } from './label-result-schema.ts'
import type { HubLabelOptions } from './label-options.ts'

/** What was said of a row of the dataset: its label, or null where it was passed over. */
export interface LabelAnswer {
  /** Counted from 0. */
  readonly row: number
  readonly label: string | null
}

/** What the labelling of a target starts from. */
export interface RunsToLabel {
  readonly places: readonly string[]
  readonly options: HubLabelOptions
  readonly run: readonly RunCandidate[]
  readonly failed: readonly FailedCandidate[]
  readonly target: PreparedDataset
}

/**
 * The labelling of a target, row by row: which rows to label next, and what the labels say of the models. Nothing is
 * run: every model was run once, on every row that may be asked for.
 */
export class Labelling {
  /** Names of all labels that may be given, those of the models first. */
  readonly classes: readonly string[]
  /** Rows of the whole dataset. */
  readonly datasetRows: number
  private readonly runs: RunsToLabel
  private readonly evidence: Omit<LabelEvidence, 'labels'>
  /** By number in the dataset, the place among the rows that the models were run on. */
  private readonly placeOf: ReadonlyMap<number, number>
  /** By place: of the labels that the dataset has. */
  private readonly given: ReadonlyMap<number, number>
  private readonly said: LabelAnswer[] = []

  constructor(runs: RunsToLabel) {
    const { run, target, options } = runs
    const own = target.labels?.filter(label => label !== undefined) ?? []
    const further = distinct([...own, ...(options.classes ?? [])])
    const { labels, positions } = joinLabelSpaces([
      ...run.map(({ answers }) => answers.labels),
      ...further.map(name => [name]),
    ])
    const fits = run.flatMap(({ candidate }) => candidate.fit ?? [])
    this.runs = runs
    this.classes = labels
    this.datasetRows = target.datasetRows
    this.evidence = {
      predictions: run.map(({ answers }, m) => toJoinedLabels(mostProbable(answers.probabilities), positions[m])),
      classes: labels.length,
      fits: fits.length === run.length ? fits : undefined,
    }
    this.placeOf = new Map(Array.from(target.rowNumbers, (row, place) => [row, place]))
    const known = knownClasses(target.labels ?? [], labels)
    this.given = new Map([...known.entries()].filter(([, label]) => label >= 0))
  }

  /** What was answered, in order. */
  get answers(): readonly LabelAnswer[] {
    return this.said
  }

  /** How many of the answers are labels. */
  get labelled(): number {
    return this.said.filter(({ label }) => label !== null).length
  }

  /**
   * Takes an answer in place of any that the row had.
   *
   * @throws USAGE for a label that is not one of `classes`, naming row and label; OUT_OF_RANGE for a row that the dataset
   *   does not have
   */
  answer({ row, label }: LabelAnswer): void {
    if (!(Number.isInteger(row) && row >= 0 && row < this.datasetRows)) {
      throw new ModelHubError('OUT_OF_RANGE', `row: expected 0 to ${this.datasetRows - 1}, got ${row}`)
    }
    const name = label === null ? null : this.className(label)
    if (name === undefined) {
      const among = this.classes.slice(0, 10).join(', ')
      const more = this.classes.length > 10 ? `, … (${this.classes.length} in all)` : ''
      throw new ModelHubError('USAGE', `row ${row}: label: expected one of ${among}${more}, got ${label}`)
    }
    const before = this.said.findIndex(answer => answer.row === row)
    if (before >= 0) this.said.splice(before, 1)
    this.said.push({ row, label: name })
  }

  /** The class of a name, spelled as here; undefined where there is none. */
  className(name: string): string | undefined {
    return name.trim() === '' ? undefined : this.classes[knownClasses([name], this.classes)[0]]
  }

  /** Takes the last answer back; undefined where there is none. */
  undo(): LabelAnswer | undefined {
    return this.said.pop()
  }

  /** Rows of the dataset to label next, the most telling first; fewer where no more of them tell models apart. */
  next(count = 1): readonly number[] {
    const { rowNumbers } = this.runs.target
    const skipped = new Set(this.said.flatMap(({ row, label }) => (label === null ? [this.placeOf.get(row)!] : [])))
    const { seed } = this.runs.options
    return nextRows(this.labelEvidence(), { count, skipped, seed }).map(place => rowNumbers[place])
  }

  /** What each model says of a row: labels by `owner/model`. */
  predictionsOf(row: number): Readonly<Record<string, string>> {
    const place = this.placeOf.get(row)
    if (place === undefined) return {}
    const { predictions } = this.evidence
    return Object.fromEntries(
      this.runs.run.map(({ candidate }, m) => [candidate.name, this.classes[predictions[m][place]]]),
    )
  }

  /** What rows hold, for a person to look at. */
  contentsOf(rows: readonly number[]): Promise<ReadonlyMap<number, RowContent>> {
    const { places, options } = this.runs
    const { label, exclude, types, signal } = options
    return rowContents(places, rows, { label, exclude, types, signal })
  }

  /** What is believed of the models now, and, with `next`, that many rows to label. */
  result({ next = 0 } = {}): LabelResult {
    const { run, failed, target, places } = this.runs
    const evidence = this.labelEvidence()
    const beliefs = modelBeliefs(evidence, { seed: this.runs.options.seed })
    return {
      query: {
        source: places.join(' '),
        rows: target.rows,
        datasetRows: target.datasetRows,
        labelledRows: evidence.labels.size,
        skippedRows: this.said.length - this.labelled,
      },
      classes: [...this.classes],
      results: beliefs.order.map((m, i) => ({
        rank: i + 1,
        model: run[m].candidate.name,
        version: run[m].candidate.version,
        accuracy: beliefs.accuracies[m],
        best: beliefs.best[m],
        right: [...evidence.labels].filter(([place, label]) => evidence.predictions[m][place] === label).length,
        fit: run[m].candidate.fit ?? null,
      })),
      expectedRegret: beliefs.expectedRegret,
      disagreement: beliefs.disagreement,
      next: this.next(next).map(row => ({ row, predictions: { ...this.predictionsOf(row) } })),
      failures: failed.map(({ candidate: { name, version }, code, reason }) => ({
        model: name,
        version,
        code,
        reason,
      })),
      warnings: [...target.warnings],
    }
  }

  private labelEvidence(): LabelEvidence {
    const labels = new Map(this.given)
    for (const { row, label } of this.said) {
      const place = this.placeOf.get(row)
      if (place !== undefined && label !== null) labels.set(place, this.classes.indexOf(label))
    }
    return { ...this.evidence, labels }
  }
}

/** Names that are not equal as labels are joined. */
function distinct(names: readonly string[]): string[] {
  const found: string[] = []
  for (const name of new Set(names)) if (knownClasses([name], found)[0] < 0) found.push(name)
  return found
}
