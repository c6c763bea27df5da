import type { HubRankOptions } from './rank-options.ts'

/** Which models of a hub to tell apart, on which rows of a target. */
export interface HubLabelOptions extends Pick<
  HubRankOptions,
  | 'label'
  | 'labels'
  | 'exclude'
  | 'types'
  | 'key'
  | 'minCell'
  | 'view'
  | 'encoder'
  | 'match'
  | 't1'
  | 't2'
  | 'excludeModels'
  | 'where'
  | 'models'
  | 'shortlist'
  | 'all'
  | 'sample'
  | 'seed'
  | 'limits'
  | 'cache'
  | 'signal'
  | 'onProgress'
> {
  /** Labels that may be given though no model knows them. */
  readonly classes?: readonly string[]
}
