export { renderIndexTuning } from './render-index-tuning.ts'
export { renderRankReport } from './render-rank-report.ts'
export { renderSearchReport } from './render-search-report.ts'
