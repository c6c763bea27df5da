export type { LabelEvidence } from './label-evidence.ts'
export { modelBeliefs, type ModelBeliefs } from './model-beliefs.ts'
export { modelSelectorEntropies, modelSelectorPosterior, type ModelSelectorOptions } from './model-selector.ts'
export { nextRows, type NextRowsOptions } from './next-rows.ts'
