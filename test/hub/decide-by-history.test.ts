import { describe, expect, it } from 'vitest'
import type { EvaluationRecord } from '../../src/catalog/index.ts'
import { decideByHistory } from '../../src/hub/decide-by-history.ts'
import { knownTargets } from '../../src/hub/known-targets.ts'

const MODELS = ['x/one', 'x/two', 'x/three']

/** An evaluation whose value follows the fit. */
function evaluation(dataset: string, m: number, metric = 'accuracy'): EvaluationRecord {
  const fit = ((m + dataset.charCodeAt(0)) % 3) / 4 + 0.25
  return {
    ...{ versionId: m, model: MODELS[m], version: 1, yanked: false, own: false, rows: 100, metric, dataset },
    ...{ datasetSha256: dataset.repeat(64), value: fit, scores: { fit, js: 0.5 - fit / 2, confidence: 0.5 } },
    ...{ toolVersion: '1', createdAt: '2026-01-01T00:00:00.000Z', sourceAccuracy: 0.9, sizeBytes: 10, trainingRows: 9 },
  }
}

const history = (datasets: string, metric?: string) =>
  [...datasets].flatMap(dataset => MODELS.map((_, m) => evaluation(dataset, m, metric)))
const candidates = MODELS.map((name, m) => ({ name, evidence: { fit: 0.25 + m / 4, js: 0.375 - m / 8 } }))
const decided = (records: readonly EvaluationRecord[]) =>
  decideByHistory({ measure: 'accuracy', known: knownTargets(records, undefined) }, { candidates }, false)

describe('a decision on models that were only found', () => {
  it('goes by what sketches and the history say, without scores of runs', () => {
    const { candidates: found, basis } = decided(history('abcdefgh'))!
    expect(found.map(({ name }) => name)).toEqual(['x/three', 'x/two', 'x/one'])
    expect(basis).toMatchObject({ kind: 'history', datasets: 8 })
    expect(basis.evidence).toContain('fit')
    expect(basis.evidence).not.toContain('confidence')
  })

  it('is none where the history has fewer than five datasets', () => {
    expect(decided(history('abcd'))).toBeUndefined()
    expect(decided([])).toBeUndefined()
  })

  it('leaves out what was measured otherwise than most', () => {
    const known = knownTargets([...history('abcde', 'f1'), ...history('fg')], undefined)
    expect(known.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
})
