import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { areReadyTensors, datasetName, tensorsSha256 } from '../../src/hub/dataset-identity.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'

describe('the name of a dataset', () => {
  it.each([
    ['visits.csv', 'visits'],
    ['data/visits.2024.csv.gz', 'visits.2024'],
    ['visits.sketch.parquet', 'visits'],
    ['digits.tar.gz', 'digits'],
    ['folder/of/images/', 'images'],
    ['x=made/x.npy', 'x'],
    ['v1.5', 'v1.5'],
  ])('of %s is %s', (place, name) => {
    expect(datasetName([place])).toBe(name)
  })

  it('is none of several files, globs and bare endings', () => {
    expect([
      datasetName(['a.csv', 'b.csv']),
      datasetName(['a*.csv']),
      datasetName(['.csv']),
      datasetName(['..']),
    ]).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('ready tensors', () => {
  it('are the same when their files are', async () => {
    const folder = temporaryFolder()
    for (const [name, bytes] of [
      ['a', 'x'],
      ['b', 'x'],
      ['c', 'y'],
    ])
      writeFileSync(join(folder, `${name}.npy`), bytes)
    const of = (...names: string[]) => tensorsSha256(names.map(name => `in=${join(folder, name)}.npy`))
    expect(await of('a', 'c')).toBe(await of('b', 'c'))
    expect(await of('a', 'c')).not.toBe(await of('c', 'a'))
    expect([areReadyTensors(['in=a.npy']), areReadyTensors(['a.csv'])]).toEqual([true, false])
  })
})
