export { licenceFreedom } from './licence-freedom.ts'
export { paretoPick, requireMargin, type Choice, type ParetoPick } from './pareto.ts'
