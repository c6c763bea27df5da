import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candidateProbability, jsLshParameters, recallAt, rootDistances } from '../../src/retrieval/index.ts'
import { caughtCode } from '../caught-code.ts'

describe('jsLshParameters', () => {
  it('reach the recall at the worst distance, within the hashes allowed', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.3, noNaN: true }),
        fc.double({ min: 0.05, max: 0.97, noNaN: true }),
        (threshold, recall) => {
          const choice = jsLshParameters({ threshold, recall })
          expect(recallAt(threshold, choice)).toEqual(choice.recall)
          expect(choice.recall.worst).toBeGreaterThanOrEqual(recall)
          expect(choice.recall.best).toBeGreaterThanOrEqual(choice.recall.worst)
          expect(choice.shape.bands * choice.shape.values).toBeLessThanOrEqual(512)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('compare fewer far pairs than the paper’s bands do at the same recall', () => {
    const paper = { shape: { bands: 46, values: 11 }, width: 1.3 }
    const choice = jsLshParameters({ threshold: 0.1, recall: recallAt(0.1, paper).worst, mostHashes: 506, far: 0.4 })
    const far = candidateProbability(rootDistances(0.4).least, paper)
    expect(choice.farCompared).toBeLessThanOrEqual(far)
  })

  it('compare fewer far pairs when more hashes are allowed', () => {
    const compared = [64, 256, 1024].map(
      mostHashes => jsLshParameters({ threshold: 0.05, recall: 0.9, mostHashes }).farCompared,
    )
    expect(compared).toEqual([...compared].sort((a, b) => b - a))
    expect(compared[2]).toBeLessThan(compared[0])
  })

  it('refuse what cannot be reached', () => {
    for (const aim of [
      { threshold: 0, recall: 0.9 },
      { threshold: 0.7, recall: 0.9 },
      { threshold: 0.1, recall: 1 },
      { threshold: 0.1, recall: 0.9, mostHashes: 0 },
    ]) {
      expect(caughtCode(() => jsLshParameters(aim))).toBe('OUT_OF_RANGE')
    }
  })
})
