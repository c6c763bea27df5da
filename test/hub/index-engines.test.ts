import { describe, expect, it } from 'vitest'
import { chooseEngine } from '../../src/hub/choose-engine.ts'
import { DEFAULT_PARAMETERS } from '../../src/search/index.ts'
import { caughtCode } from '../caught-code.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { asTarget, makeModelFolder, sketchColumns, uniformColumns } from './made-models.ts'
import { newHub } from './open-hub.ts'

const JS = { ...DEFAULT_PARAMETERS, metric: 'js' } as const

describe('the engine of a search', () => {
  const used = (models: number, parameters = DEFAULT_PARAMETERS, top = 10) =>
    chooseEngine('auto', parameters, { models, top }).used

  it('goes by the size of the hub, and compares all for longer where the index only shortlists', () => {
    expect([50, 100, 101, 10_000].map(models => used(models, JS))).toEqual(['exact', 'exact', 'block', 'block'])
    expect([100, 500, 501].map(models => used(models))).toEqual(['exact', 'exact', 'block'])
    expect(used(1000, JS, 600)).toBe('exact')
  })

  it('is exact where the index does not serve, and says what it cannot', () => {
    const cannot = [
      { ...JS, space: 'pooled' },
      { ...JS, metric: 'kl' },
      { ...JS, maxJs: 0.1 },
      { ...JS, minAdaptivity: 1 },
    ] as const
    for (const parameters of cannot) {
      expect(used(10_000, parameters)).toBe('exact')
      expect(caughtCode(() => chooseEngine('block', parameters, { models: 10, top: 1 }))).toBe('USAGE')
      expect(caughtCode(() => chooseEngine('lsh', parameters, { models: 10, top: 1 }))).toBe('USAGE')
    }
    const jaccard = { ...JS, metric: 'jaccard' } as const
    expect(used(10_000, jaccard)).toBe('exact')
    expect(chooseEngine('lsh', jaccard, { models: 10, top: 1 }).used).toBe('lsh')
    expect(caughtCode(() => chooseEngine('block', jaccard, { models: 10, top: 1 }))).toBe('USAGE')
    expect(caughtCode(() => chooseEngine('fast' as 'lsh', JS, { models: 10, top: 1 }))).toBe('USAGE')
  })
})

describe('a hub of a hundred and more models', () => {
  it('is searched by the index unless told, tuned on a sample, and by hashes that miss little', async () => {
    const { hub } = await newHub()
    const within = temporaryFolder()
    for (let i = 0; i < 110; i++) {
      const starts = { a: (i % 11) / 4, b: (i % 7) / 4, c: Math.floor(i / 30) / 4 }
      const sketch = await sketchColumns(uniformColumns(starts, { rows: 250, seed: i }), { partitions: [] })
      await hub.publish({ folder: makeModelFolder(within, { name: `made/m${i}`, sketch }) })
    }
    const target = asTarget(await sketchColumns(uniformColumns({ a: 1, b: 0.5, c: 0.25 }, { seed: 999 })))
    const ask = (engine: 'auto' | 'exact' | 'lsh') => hub.search(target, { metric: 'js', top: 5, engine })
    const exact = await ask('exact')
    const auto = await ask('auto')
    expect(auto.engine).toMatchObject({ used: 'block', models: 110, exact: true })
    expect(auto.engine.compared).toBeLessThan(110)
    expect(auto).toMatchObject({ results: exact.results, baselines: exact.baselines, verdict: exact.verdict })

    const { domains } = await hub.tuneIndex({ recall: 0.9 })
    expect(domains).toMatchObject([{ models: 110, sample: 110 }])
    const { picked, byWidth } = domains[0].lsh!
    expect(picked.recall).toBeGreaterThanOrEqual(0.9)
    expect(byWidth.some(({ recall }) => recall < picked.recall)).toBe(true)
    expect(domains[0].block!.map(({ verified }) => verified).every(share => share > 0 && share <= 1)).toBe(true)
    expect(domains[0].efforts!.at(-1)!.recall).toBe(1)
    expect((await hub.indexStatus()).domains[0].lsh).toMatchObject({ shape: picked.shape, width: picked.width })

    const byHash = await ask('lsh')
    const found = new Set(byHash.results.map(({ model }) => model))
    expect(exact.results.filter(({ model }) => found.has(model)).length).toBeGreaterThanOrEqual(4)
    const byBands = (engine: 'exact' | 'lsh') => hub.search(target, { metric: 'jaccard', top: 5, engine })
    const [bands, jaccards] = [await byBands('lsh'), await byBands('exact')]
    expect(bands.engine).toMatchObject({ used: 'lsh', exact: false, models: 110 })
    expect(bands.engine.compared).toBeLessThan(110)
    const scoreOf = new Map(bands.results.map(({ model, score }) => [model, score]))
    expect(jaccards.results.filter(({ model, score }) => scoreOf.get(model) === score).length).toBeGreaterThanOrEqual(4)
    expect((await byBands('lsh')).results).toEqual(bands.results)

    await expect(hub.tuneIndex({ recall: 1 })).rejects.toThrow(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }) as Error,
    )
  }, 120_000)
})
