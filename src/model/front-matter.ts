import { isScalar, parseDocument, stringify, visit } from 'yaml'
import { ModelHubError } from '../common/index.ts'

/** Longest model card that is read, in UTF-16 units: a thousand times the usual one. */
export const MAX_CARD_LENGTH = 4_000_000

const FENCED = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$(?![\s\S]))/my

/**
 * A README split into the data between its two `---` lines (YAML 1.2) and everything after them.
 *
 * @throws CARD_INVALID without front matter at the very start, with broken YAML, or past {@link MAX_CARD_LENGTH}
 */
export function splitFrontMatter(text: string): { readonly data: unknown; readonly body: string } {
  if (text.length > MAX_CARD_LENGTH) {
    throw invalid(`expected at most ${MAX_CARD_LENGTH} characters, got ${text.length}`)
  }
  const fenced = new RegExp(FENCED).exec(text)
  if (fenced === null) throw invalid('expected YAML front matter between two lines of ---')
  return { data: parseYaml(fenced[1]), body: text.slice(fenced[0].length) }
}

/** The text that {@link splitFrontMatter} splits into the same data and body. */
export function joinFrontMatter(data: unknown, body: string): string {
  return `---\n${stringify(data, { lineWidth: 0 })}---\n${body}`
}

/**
 * The same text with one value of its front matter set anew; comments, order and all else stay as they are.
 *
 * @param path keys from the top, as in ['modelhub', 'calibration']
 * @throws CARD_INVALID as splitFrontMatter
 */
export function withFrontMatterValue(text: string, path: readonly string[], value: unknown): string {
  const { body } = splitFrontMatter(text)
  const [, yaml] = new RegExp(FENCED).exec(text)!
  const document = parseDocument(yaml)
  const node = document.createNode(value)
  visit(node, { Seq: (_, list) => void (list.flow = list.items.every(isScalar)) })
  document.setIn(path, node)
  return `---\n${document.toString({ lineWidth: 0 })}---\n${body}`
}

function parseYaml(yaml: string): unknown {
  const document = parseDocument(yaml, { logLevel: 'silent' })
  if (document.errors.length > 0) throw invalid(document.errors[0].message, document.errors[0])
  try {
    return document.toJS()
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function invalid(reason: string, cause?: unknown): ModelHubError {
  return new ModelHubError('CARD_INVALID', `model card: ${reason}`, { cause })
}
