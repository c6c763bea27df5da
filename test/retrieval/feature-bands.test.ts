import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { estimatedJaccard } from '../../src/divergence/index.ts'
import { bandKey, featureBandCells, featureBands, mostMet } from '../../src/retrieval/index.ts'

const LENGTH = 128

describe('the bands of several features', () => {
  it('are dealt out in turn, 128 in all, as many as a signature has, or one for each feature', () => {
    const three = featureBands(3, 16)
    expect(three.shape).toEqual({ bands: 6, values: 8 })
    expect([...three.featureOf]).toEqual([0, 1, 2, 0, 1, 2])
    expect([...three.from]).toEqual([0, 0, 0, 8, 8, 8])
    expect(featureBands(81, LENGTH).shape.bands).toBe(128)
    expect(featureBands(200, LENGTH).shape.bands).toBe(200)
  })

  it('of a feature that is lacking are as of one without values', () => {
    const bands = featureBands(2, 16)
    const signature = Uint32Array.from({ length: 16 }, (_, i) => i + 1)
    const cells = featureBandCells(bands, feature => (feature === 1 ? signature : undefined))
    expect([...cells.subarray(0, 8)]).toEqual(Array(8).fill(-1))
    expect([...cells.subarray(8, 16)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect([...cells.subarray(24, 32)]).toEqual([9, 10, 11, 12, 13, 14, 15, 16])
  })

  it('are met most by the datasets of highest mean Jaccard', () => {
    const random = seededRandom(4)
    const features = 20
    const draw = () => Math.floor(random() * 2 ** 32)
    const query = Array.from({ length: features }, () => Uint32Array.from({ length: LENGTH }, draw))
    const datasets = Array.from({ length: 400 }, (_, i) => {
      const kept = 0.5 + (0.45 * i) / 400
      return query.map(signature => signature.map(value => (random() < kept ? value : draw())))
    })
    const bands = featureBands(features, LENGTH)
    const own = featureBandCells(bands, f => query[f])
    const met = Uint16Array.from(datasets, dataset => {
      const cells = featureBandCells(bands, f => dataset[f])
      return [...bands.featureOf.keys()].filter(
        band => bandKey(cells, band, bands.shape) === bandKey(own, band, bands.shape),
      ).length
    })
    const jaccard = datasets.map(dataset =>
      dataset.reduce((sum, signature, f) => sum + estimatedJaccard(signature, query[f]), 0),
    )
    const best = [...jaccard.keys()].sort((a, b) => jaccard[b] - jaccard[a]).slice(0, 10)
    const shortlist = new Set(mostMet(met, 100))
    expect(shortlist.size).toBe(100)
    expect(best.filter(i => shortlist.has(i))).toHaveLength(10)
  })

  it('met by nobody give nobody; ties go by number', () => {
    expect([...mostMet(Uint16Array.of(0, 0), 5)]).toEqual([])
    expect([...mostMet(Uint16Array.of(1, 0, 3, 1, 3), 3)]).toEqual([2, 4, 0])
  })
})
