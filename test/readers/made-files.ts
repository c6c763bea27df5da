import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll } from 'vitest'
import type { Column, ColumnChunk, ReadOptions } from '../../src/dataset/index.ts'
import { openTable, type Table, type TableOptions } from '../../src/readers/index.ts'

/** Small files of known content, in a folder of their own that goes when the tests of the file are done. */
export interface MadeFiles {
  path(name: string): string
  /** Writes text or bytes, and gives the path. */
  write(name: string, content: string | Uint8Array): string
  /** Writes the answer of a query with DuckDB's COPY, and gives the path. */
  copy(name: string, query: string, options?: string): Promise<string>
}

/** A folder for the tests of one file. */
export function madeFiles(): MadeFiles {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'modelhub-readers-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const path = (name: string) => join(folder, name)
  return {
    path,
    write(name, content) {
      writeFileSync(path(name), content)
      return path(name)
    },
    async copy(name, query, options = '') {
      const instance = await DuckDBInstance.create()
      const connection = await instance.connect()
      await connection.run(`COPY (${query}) TO '${path(name)}' ${options}`)
      connection.disconnectSync()
      instance.closeSync()
      return path(name)
    },
  }
}

/** All chunks of a table. */
export async function allChunks(table: Table, options?: ReadOptions): Promise<readonly ColumnChunk[]> {
  const chunks: ColumnChunk[] = []
  for await (const chunk of table.chunks(options)) chunks.push(chunk)
  return chunks
}

/** A dataset read in full: what a test compares. */
export interface ReadTable {
  readonly features: readonly string[]
  /** Values by feature name, NaN and null as they come. */
  readonly values: Readonly<Record<string, readonly (number | string | null)[]>>
  readonly labels?: readonly (string | null)[]
  readonly warnings: readonly string[]
}

/** Opens a table, reads all of it and closes it. */
export async function readAll(paths: string | readonly string[], options?: TableOptions): Promise<ReadTable> {
  const table = await openTable(paths, options)
  try {
    const chunks = await allChunks(table)
    const column = (i: number) => chunks.flatMap(chunk => [...(chunk.columns[i] as Iterable<Column[number]>)])
    return {
      features: table.features.map(({ name, type }) => `${name}: ${type}`),
      values: Object.fromEntries(table.features.map(({ name }, i) => [name, column(i)])),
      labels: table.label === undefined ? undefined : await table.labels(),
      warnings: table.warnings,
    }
  } finally {
    table.close()
  }
}

/** A text of numbered lines. */
export function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('')
}

/** The fault that opening and reading a table ends in. */
export async function fault(path: string | readonly string[], options?: TableOptions) {
  return readAll(path, options).then(
    read => {
      throw new Error(`read without a fault: ${JSON.stringify(read).slice(0, 200)}`)
    },
    ({ code, message, cause }) => ({ code, message, cause }),
  )
}
