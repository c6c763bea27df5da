export { openTable } from './open-table.ts'
export type { Table, TableOptions } from './table.ts'
export type { DeclaredType } from './column-plan.ts'
export { tableFormat, type TableFormat } from './table-format.ts'
