import { ModelHubError } from '../common/index.ts'
import { MODEL_NAME } from '../model/index.ts'

/** Which version of which model; `latest` is the highest that is not yanked. */
export interface ModelRef {
  readonly name: string
  readonly version: number | 'latest'
}

/**
 * Reads `owner/model`, `owner/model@latest` (the same) or `owner/model@3`.
 *
 * @throws USAGE for anything else
 */
export function parseModelRef(text: string): ModelRef {
  const [name, version = 'latest', ...more] = text.split('@')
  const isVersion = version === 'latest' || /^[1-9][0-9]{0,8}$/.test(version)
  if (!MODEL_NAME.test(name) || !isVersion || more.length > 0) {
    throw new ModelHubError('USAGE', `model: expected owner/model or owner/model@3, got ${JSON.stringify(text)}`)
  }
  return { name, version: version === 'latest' ? version : Number(version) }
}
