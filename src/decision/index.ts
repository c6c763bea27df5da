export { licenceFreedom } from './licence-freedom.ts'
export { paretoPick, requireMargin, type Choice, type ParetoPick } from './pareto.ts'
export { coverageBundle, type BundleStep, type CoverageBundle, type Coverer } from './coverage-bundle.ts'
export { combineAnswers, type CombinedAnswers, type LabelledAnswers } from './combine-answers.ts'
