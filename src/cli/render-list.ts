import type { VersionRecord } from '../catalog/index.ts'
import type { ListColumn } from './list-columns.ts'
import { byteSize, percent } from './print.ts'
import { renderTable, type TableColumn } from './render-table.ts'

/** Columns of the table unless others are asked for. */
const USUAL: readonly ListColumn[] = [
  'model',
  'task',
  'sourceAccuracy',
  'rows',
  'features',
  'sizeBytes',
  'license',
  'publishedAt',
]

const TABLE_COLUMNS: Readonly<Record<ListColumn, TableColumn<VersionRecord>>> = {
  model: { title: 'model', text: row => `${row.name}@${row.version}${row.yanked ? ' (yanked)' : ''}` },
  version: { title: 'version', align: 'right', text: row => String(row.version) },
  yanked: { title: 'yanked', text: row => (row.yanked ? 'yes' : 'no') },
  task: { title: 'task', spare: true, text: row => row.task ?? '–' },
  license: { title: 'licence', spare: true, text: row => row.license ?? '–' },
  sourceAccuracy: { title: 'stated accuracy', align: 'right', text: row => percent(row.sourceAccuracy) },
  sizeBytes: { title: 'size', align: 'right', text: row => byteSize(row.sizeBytes) },
  rows: { title: 'rows', align: 'right', spare: true, text: row => String(row.rows) },
  features: { title: 'features', align: 'right', spare: true, text: row => String(row.featureSlots.length) },
  publishedAt: { title: 'published', whole: true, text: row => row.publishedAt.slice(0, 10) },
  view: { title: 'view', text: row => row.view ?? '–' },
  parameters: { title: 'parameters', align: 'right', text: row => String(row.parameters) },
  opset: { title: 'opset', align: 'right', text: row => String(row.opset ?? '–') },
}

/** Versions as a person reads them. */
export function renderVersions(versions: readonly VersionRecord[], columns = USUAL): string {
  return renderTable(
    versions,
    columns.map(column => TABLE_COLUMNS[column]),
  )
}
