import { parse } from 'yaml'
import { ModelHubError } from '../common/index.ts'

/** A README with or without front matter. */
export interface Readme {
  readonly frontMatter: Readonly<Record<string, unknown>>
  readonly body: string
}

/**
 * Splits a README of another hub, which need not have front matter.
 *
 * @throws CARD_INVALID when its front matter is not YAML
 */
export function splitReadme(text: string): Readme {
  const fenced = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text)
  if (!fenced) return { frontMatter: {}, body: text }
  return { frontMatter: recordOf(yamlOf(fenced[1], 'README.md')), body: text.slice(fenced[0].length) }
}

/** @throws CARD_INVALID naming the file */
export function yamlOf(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    throw new ModelHubError('CARD_INVALID', `${file}: not YAML`, { cause })
  }
}

/** A value as a record; an empty one where it is something else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** A value as a list of texts; undefined where it is something else or empty. */
export function textsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value.every(entry => ['string', 'number', 'boolean'].includes(typeof entry)) ? value.map(String) : undefined
}
