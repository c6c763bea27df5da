import type { core } from 'zod'
import { ModelHubError } from '../common/index.ts'
import { frontMatterSchema, type FrontMatter } from './card-schema.ts'
import { joinFrontMatter, splitFrontMatter } from './front-matter.ts'
import type { Normalisation } from './input-signature.ts'

/** A README.md in Hugging Face's convention with a `modelhub` key. */
export interface ModelCard {
  readonly frontMatter: FrontMatter
  /** The Markdown after the front matter, as it came. */
  readonly body: string
}

const MOST_FAULTS_TOLD = 5

/**
 * Reads a model card. Keys that are not known are kept.
 *
 * @param text a README.md: YAML front matter between two lines of `---`, then Markdown
 * @throws CARD_INVALID naming the path of each faulty field, as in
 *   `modelhub.labels[3]: expected string, received number`
 */
export function parseModelCard(text: string): ModelCard {
  const { data, body } = splitFrontMatter(text)
  const parsed = frontMatterSchema.safeParse(data)
  const faults = parsed.success ? contradictions(parsed.data) : parsed.error.issues.map(tell)
  if (!parsed.success || faults.length > 0) {
    const more = faults.length > MOST_FAULTS_TOLD ? `; and ${faults.length - MOST_FAULTS_TOLD} more` : ''
    throw new ModelHubError('CARD_INVALID', `model card: ${faults.slice(0, MOST_FAULTS_TOLD).join('; ')}${more}`, {
      cause: parsed.error,
    })
  }
  return { frontMatter: parsed.data, body }
}

/** The text of a card: {@link parseModelCard} gives back the same front matter and body. */
export function renderCard(frontMatter: FrontMatter, body: string): string {
  return joinFrontMatter(frontMatter, body)
}

/** What a schema of single fields cannot say: fields that must agree. */
function contradictions({ modelhub }: FrontMatter): string[] {
  const { input, labels } = modelhub
  const faults = repeated(labels).map(label => `modelhub.labels: ${label} comes twice`)
  faults.push(...repeated(input.columns ?? []).map(column => `modelhub.input.columns: ${column} comes twice`))
  const tensorNames = input.tensors.map(tensor => tensor.name)
  faults.push(...repeated(tensorNames).map(name => `modelhub.input.tensors: ${name} comes twice`))
  if (input.kind === 'table' && input.columns === undefined) {
    faults.push('modelhub.input.columns: expected names of columns, as kind is table')
  }
  faults.push(...confusionFaults(modelhub))
  return input.normalisation === undefined ? faults : [...faults, ...unequalLengths(input.normalisation)]
}

function confusionFaults({ calibration, labels }: FrontMatter['modelhub']): string[] {
  const confusion = calibration?.confusion
  if (confusion === undefined || [confusion, ...confusion].every(({ length }) => length === labels.length)) return []
  return [`modelhub.calibration.confusion: expected ${labels.length} × ${labels.length} numbers, as many as labels`]
}

function unequalLengths(normalisation: Normalisation): string[] {
  const path = 'modelhub.input.normalisation'
  if (normalisation.kind === 'standard' && normalisation.mean.length !== normalisation.std.length) {
    return [`${path}.std: expected ${normalisation.mean.length} numbers as in mean, got ${normalisation.std.length}`]
  }
  if (normalisation.kind === 'min-max' && normalisation.min.length !== normalisation.max.length) {
    return [`${path}.max: expected ${normalisation.min.length} numbers as in min, got ${normalisation.max.length}`]
  }
  return []
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(names.filter(name => seen.size === seen.add(name).size))]
}

function tell(issue: core.$ZodIssue): string {
  const path = issue.path.map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return `${path.replace(/^\./, '') || 'front matter'}: ${issue.message.replace(/^Invalid (input|option): /, '')}`
}
