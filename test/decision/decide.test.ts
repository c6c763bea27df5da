import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, learnDecision, type DecisionTarget, type EvidenceName } from '../../src/decision/index.ts'
import { caughtCode } from '../caught-code.ts'
import { simulatedHistory } from './simulated-history.ts'

const NAMES: readonly EvidenceName[] = ['fit', 'confidence', 'source-accuracy', 'elsewhere']
const history = simulatedHistory({ targets: 12, candidates: 6, seed: 1 })
const learned = learnDecision(history, { names: NAMES })
const [target] = simulatedHistory({ targets: 1, candidates: 6, seed: 2 })

describe('a decision', () => {
  it('puts the candidate first that the telling evidence does', () => {
    const best = target.candidates.reduce((a, b) => (a.evidence.fit > b.evidence.fit ? a : b))
    expect(decide(target, learned).candidates[0].name).toBe(best.name)
  })

  it('explains each value: the base and all pulls are the prediction', () => {
    const { base, candidates } = decide(target, learned)
    for (const { value, pulls } of candidates) {
      expect(pulls.reduce((sum, { points }) => sum + points, base)).toBeCloseTo(value, 9)
    }
  })

  it('never contradicts its own order, and holds the value within the interval', () => {
    const { candidates } = decide(target, learned)
    candidates.forEach(({ value, low, high }, i) => {
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
      if (i > 0) expect(value).toBeLessThanOrEqual(candidates[i - 1].value)
    })
  })

  it('is the same whatever the order of the candidates, and each time', () => {
    const turned = { candidates: [...target.candidates].reverse() }
    const rounded = (of: DecisionTarget) =>
      decide(of, learned).candidates.map(({ name, value }) => [name, value.toFixed(9)])
    expect(rounded(turned)).toEqual(rounded(target))
    expect(decide(target, learnDecision(history, { names: NAMES }))).toEqual(decide(target, learned))
  })

  it('holds with any evidence missing', () => {
    const kept = fc.array(fc.subarray(['fit', 'confidence', 'source-accuracy']), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(kept, all => {
        const candidates = all.map((names, c) => ({
          name: `lab/model-${c}`,
          evidence: Object.fromEntries(names.map(name => [name, target.candidates[c].evidence[name]])),
        }))
        const { candidates: found, asGood } = decide({ candidates }, learned)
        expect(found).toHaveLength(all.length)
        expect(asGood[0]).toBe(found[0].name)
        expect(found.every(({ low, value, high }) => [low, value, high].every(Number.isFinite))).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('is wider where the telling evidence is missing', () => {
    const widthOf = (names: readonly EvidenceName[]) => {
      const [{ low, high }] = decide(target, learnDecision(history, { names })).candidates
      return high - low
    }
    expect(widthOf(['confidence', 'source-accuracy'])).toBeGreaterThan(widthOf(NAMES))
  })

  it('covers exchangeable targets, and has the best among those as good, as often as it says', () => {
    let [inside, found, targets] = [0, 0, 0]
    for (let seed = 10; seed < 18; seed++) {
      const [fresh, known] = [simulatedHistory({ targets: 40, candidates: 5, seed }), 20]
      const model = learnDecision(fresh.slice(0, known), { names: ['fit', 'confidence'] })
      for (const one of fresh.slice(known)) {
        const { candidates, asGood } = decide(one, model)
        const valueOf = (name: string) => one.values[one.candidates.findIndex(other => other.name === name)]
        inside += candidates.filter(({ name, low, high }) => valueOf(name) >= low && valueOf(name) <= high).length / 5
        found += Number(asGood.some(name => valueOf(name) === Math.max(...one.values)))
        targets++
      }
    }
    expect(inside / targets).toBeGreaterThan(0.85)
    expect(found / targets).toBeGreaterThan(0.85)
  })

  it('cannot be learned from one dataset', () => {
    expect(caughtCode(() => learnDecision(history.slice(0, 1), { names: NAMES }))).toBe('OUT_OF_RANGE')
  })
})
