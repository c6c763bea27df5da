import { ModelHubError } from '../common/index.ts'
import { METRIC_NAMES, type MetricName, type SearchParameters } from '../search/index.ts'
import { ENGINES, type EngineName } from './engines.ts'

export interface ChosenEngine {
  readonly used: Exclude<EngineName, 'auto'>
  /** Why, in words. */
  readonly reason: string
}

/**
 * Models up to which `auto` compares all, by metric: about where that takes as long as asking the index. `fit` compares
 * all for longer, as the index only shortlists for it.
 */
const EXACT_UP_TO: Partial<Record<MetricName, number>> = { js: 100, fit: 500 }

/** Models that must be counted to choose an engine: whether there are more does not matter to it. */
export function countedFor({ metric }: Pick<SearchParameters, 'metric'>, top: number): number {
  return Math.max(EXACT_UP_TO[metric] ?? 0, 2 * top) + 1
}

/**
 * The engine for a search.
 *
 * @param models of the hub, or as many as `countedFor` asks for
 * @throws USAGE for an engine that does not exist, or that cannot do what is asked
 */
export function chooseEngine(
  asked: EngineName,
  parameters: SearchParameters,
  { models, top }: { readonly models: number; readonly top: number },
): ChosenEngine {
  if (!ENGINES.includes(asked)) {
    throw new ModelHubError('USAGE', `engine: expected one of ${ENGINES.join(', ')}, got ${asked}`)
  }
  if (asked === 'exact') return { used: 'exact', reason: 'asked for' }
  const hindrance = hindranceOf(parameters, asked)
  if (asked !== 'auto') {
    if (hindrance === undefined) return { used: asked, reason: 'asked for' }
    throw new ModelHubError('USAGE', `engine: ${asked} cannot serve ${hindrance}; use exact, or auto`)
  }
  if (hindrance !== undefined) return { used: 'exact', reason: `the index does not serve ${hindrance}` }
  const most = EXACT_UP_TO[parameters.metric]!
  if (models <= most) return { used: 'exact', reason: `${models} models, at most ${most}` }
  if (2 * top > models) return { used: 'exact', reason: 'more than half of all models are wanted' }
  return { used: 'block', reason: `more than ${most} models` }
}

function hindranceOf({ metric, space, minAdaptivity, maxJs }: SearchParameters, asked: EngineName): string | undefined {
  if (space !== 'joint') return `the ${space} space`
  // MinHash bands miss models, so they are only used where they are asked for.
  const served = METRIC_NAMES.filter(name => EXACT_UP_TO[name] !== undefined || (asked === 'lsh' && name === 'jaccard'))
  if (!served.includes(metric)) return `the metric ${metric} (it serves ${served.join(' and ')})`
  if (minAdaptivity !== undefined) return 'a limit of adaptivity'
  return maxJs === undefined ? undefined : 'a limit of JS'
}
