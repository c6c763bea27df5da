export { renderSearchReport } from './render-search-report.ts'
