import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openTable } from '../../src/readers/index.ts'
import { hasShared, sharedPath } from '../shared.ts'
import { allChunks, readAll } from './made-files.ts'

describe('the shared data', () => {
  it.skipIf(!hasShared)(
    'needs ../shared: an activity table has 81 single-precision features and its labels',
    async () => {
      const path = sharedPath('data/har/dsads_left_arm_s1.parquet')
      const table = await openTable(path, { label: 'label', exclude: ['segment'] })
      const chunks = await allChunks(table)
      expect([table.rows, table.features.length]).toEqual([1140, 81])
      expect(chunks.every(({ columns }) => columns.every(column => column instanceof Float32Array))).toBe(true)
      expect(new Set(await table.labels()).size).toBe(19)
      table.close()
    },
  )

  it.skipIf(!hasShared)('needs ../shared: the eight subjects of one arm are one table', async () => {
    const table = await openTable(sharedPath('data/har/dsads_left_arm_s*.parquet'), { label: 'label' })
    expect([table.files.length, table.rows]).toEqual([8, 9120])
    expect((await allChunks(table)).map(chunk => chunk.file)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    table.close()
  })

  it.skipIf(!hasShared)('needs ../shared: every packed CSV table opens, with a label for each row', async () => {
    const names = readdirSync(sharedPath('data/tabular')).filter(name => name.endsWith('.csv.gz'))
    expect(names.length).toBeGreaterThan(20)
    for (const name of names) {
      const read = await readAll(sharedPath('data/tabular', name), { label: 'label' })
      expect(read.labels!.length, name).toBe(Object.values(read.values)[0].length)
      expect(read.warnings, name).toEqual([])
    }
  })

  it.skipIf(!hasShared)('needs ../shared: sentences are text, the names of splits are categories', async () => {
    const read = await readAll(sharedPath('data/text/sst2.parquet'), { label: 'label' })
    expect(read.features).toEqual(['text: text', 'split: categorical'])
  })
})
