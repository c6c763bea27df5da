import { describe, expect, it } from 'vitest'
import { maximumMeanDiscrepancy } from '../../src/divergence/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { asTarget, makeModelFolder, sketchColumns, uniformColumns } from './made-models.ts'
import { newHub } from './open-hub.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e']
const columnsFrom = (start: number, seed: number) =>
  uniformColumns(Object.fromEntries(NAMES.map(name => [name, start])), { seed })

describe('the metric mmd', () => {
  it('ranks by the means of sketches of one reference; others come last, without a score', async () => {
    const { hub } = await newHub()
    const within = temporaryFolder()
    const reference = await sketchColumns(columnsFrom(0, 1))
    const other = await sketchColumns(columnsFrom(0, 2))
    const models = {
      'x/near': await sketchColumns(columnsFrom(0.1, 3), { reference }),
      'x/far': await sketchColumns(columnsFrom(0.6, 4), { reference }),
      'x/none': await sketchColumns(columnsFrom(0, 5)),
      'x/other': await sketchColumns(columnsFrom(0, 6), { reference: other }),
    }
    for (const [name, sketch] of Object.entries(models)) {
      await hub.publish({ folder: makeModelFolder(within, { name, sketch }) })
    }
    const target = await sketchColumns(columnsFrom(0, 7), { reference })
    const { results } = await hub.search(asTarget(target), { metric: 'mmd' })
    const expected = (name: 'x/near' | 'x/far') =>
      maximumMeanDiscrepancy(models[name].referenceMean!.mean, target.referenceMean!.mean)
    expect(results.map(({ model }) => model)).toEqual(['x/near', 'x/far', 'x/none', 'x/other'])
    expect(results[0].score).toBeCloseTo(expected('x/near'), 6)
    expect(results[1].score).toBeCloseTo(expected('x/far'), 6)
    expect(results.slice(2).map(({ score }) => score)).toEqual([null, null])
    await hub.close()
  })

  it('refuses a target that was sketched without a reference', async () => {
    const { hub } = await newHub()
    const target = asTarget(await sketchColumns(columnsFrom(0, 1)))
    await expect(hub.search(target, { metric: 'mmd' })).rejects.toThrow(
      /^metric: mmd needs a target sketched with --reference, and made in a test was not$/,
    )
    await hub.close()
  })
})
