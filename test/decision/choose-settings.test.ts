import { describe, expect, it } from 'vitest'
import { decideByDefault, learnDefault, type KnownTarget } from '../../src/decision/index.ts'
import { chooseSettings, settingCosts } from '../../src/decision/choose-settings.ts'

/**
 * Three models: two of no fit that agree with each other and not with the third, whose fit is given. Which is the best
 * says whether similarity should weigh votes.
 */
function target(name: string, { fit, js, best }: { fit: number; js: number; best: 'fitting' | 'crowd' }): KnownTarget {
  const values = best === 'fitting' ? [0.9, 0.3, 0.2] : [0.2, 0.9, 0.8]
  return {
    ...{ name, kin: name, metric: 'accuracy', values },
    candidates: [fit, 0, 0].map((own, c) => ({ name: `lab/m${c}`, evidence: { fit: own, js: own === 0 ? 0.6 : js } })),
    agreement: { same: Float64Array.of(1, 0.2, 0.2, 0.2, 1, 0.7, 0.2, 0.7, 1) },
  }
}

const sensors = [
  [target('s1', { fit: 0.9, js: 0.02, best: 'fitting' }), target('s2', { fit: 0.8, js: 0.02, best: 'fitting' })],
]
const texts = [[target('t1', { fit: 0.2, js: 0.3, best: 'crowd' })]]

describe('the settings of the default', () => {
  it('are those of the least cost: votes are weighed where training data are near, and only there', () => {
    const { sharpness, covered } = chooseSettings([sensors, texts].map(settingCosts))
    expect(sharpness).toBeGreaterThan(0)
    expect(covered * Math.LN2).toBeGreaterThan(0.02)
    expect(covered * Math.LN2).toBeLessThan(0.3)
  })

  it('let all votes weigh alike where only the crowd was ever right', () => {
    expect(chooseSettings([texts].map(settingCosts))).toEqual({ sharpness: 0, covered: 0 })
  })

  it('are part of what is learned, and what decides', () => {
    const learned = learnDefault([sensors, texts])
    expect(learned.settings).toEqual(chooseSettings([sensors, texts].map(settingCosts)))
    const near = decideByDefault(target('new', { fit: 0.9, js: 0.02, best: 'fitting' }), learned)
    expect(near.candidates[0].name).toBe('lab/m0')
    const far = decideByDefault(target('new', { fit: 0.9, js: 0.3, best: 'crowd' }), learned)
    expect(far.candidates[0].name).toBe('lab/m1')
  })
})
