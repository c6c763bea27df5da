import { ModelHubError } from '../common/index.ts'
import { DEFAULT_PARAMETERS, METRIC_NAMES, type MetricName, type SearchParameters } from '../search/index.ts'

/** Metrics that look at single features or at the reference of a `default` sketch, which the pooled space has not. */
const JOINT_ONLY: readonly MetricName[] = ['l2', 'jaccard', 'mmd']

/**
 * Search parameters with every default filled in.
 *
 * @throws USAGE for an unknown name, OUT_OF_RANGE for a number outside its range
 */
export function checkParameters(given: Partial<SearchParameters> & { readonly top: number }): SearchParameters {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const merged: SearchParameters = { ...DEFAULT_PARAMETERS, ...set }
  const { metric, space, match, t1, t2, threshold, minAdaptivity, maxJs } = merged
  requireOneOf('metric', metric, METRIC_NAMES)
  requireOneOf('space', space, ['joint', 'pooled'])
  requireOneOf('match', match, ['both', 'name', 'distribution'])
  if (space === 'pooled' && JOINT_ONLY.includes(metric)) {
    throw new ModelHubError('USAGE', `metric: ${metric} is of the joint space, not of the pooled one`)
  }
  requireWithin('t1', t1, 0, 1)
  requireWithin('t2', t2, 0, 1)
  if (threshold !== 'auto') requireWithin('threshold', threshold, 0, Math.LN2)
  if (minAdaptivity !== undefined) requireWithin('minAdaptivity', minAdaptivity, 0, Infinity)
  if (maxJs !== undefined) requireWithin('maxJs', maxJs, 0, Math.LN2)
  if (!(Number.isInteger(given.top) && given.top >= 1)) {
    throw new ModelHubError('OUT_OF_RANGE', `top: expected a whole number from 1, got ${given.top}`)
  }
  return { metric, space, match, t1, t2, threshold, minAdaptivity, maxJs }
}

function requireOneOf(name: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return
  throw new ModelHubError('USAGE', `${name}: expected one of ${known.join(', ')}, got ${value}`)
}

function requireWithin(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return
  throw new ModelHubError('OUT_OF_RANGE', `${name}: expected a number from ${least} to ${most}, got ${value}`)
}
