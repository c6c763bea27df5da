import { ModelHubError } from '../common/index.ts'

/** A fault of a hub's client as ours; other faults as they are. */
export function hubFailure(
  error: unknown,
  {
    repo,
    revision = 'main',
    endpoint = 'https://huggingface.co',
  }: { repo: string; revision?: string; endpoint?: string },
): unknown {
  if (error instanceof ModelHubError || !(error instanceof Error)) return error
  const what = `${repo} at ${revision} of ${endpoint}`
  if ('statusCode' in error) {
    const status = Number(error.statusCode)
    if (status === 404) return new ModelHubError('MODEL_NOT_FOUND', `${what}: not there`, { cause: error })
    if (status === 401 || status === 403) {
      const cure = 'accept its terms on its page, and set HF_TOKEN'
      const text = `${what}: gated, private or not there (HTTP ${status}); ${cure}`
      return new ModelHubError('ACCESS_DENIED', text, { cause: error })
    }
    return new ModelHubError('NETWORK', `${what}: answered with HTTP ${status}`, { cause: error })
  }
  if (error instanceof TypeError && /fetch|network|terminated/i.test(error.message)) {
    return new ModelHubError('NETWORK', `${what}: no answer (${error.message})`, { cause: error })
  }
  return error
}
