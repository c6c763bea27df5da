import { describe, expect, it } from 'vitest'
import type { RankResult } from '../../src/hub/index.ts'
import { renderPulls } from '../../src/cli/render-pulls.ts'

type Decision = NonNullable<RankResult['decision']>

const predicted = (model: string, value: number, pulls: Record<string, number>): Decision['predicted'][number] => ({
  ...{ model, value, low: 0, high: 1 },
  pulls: Object.entries(pulls).map(([evidence, points]) => ({ evidence, points })),
})
const decision: Decision = {
  ...{ measure: 'accuracy', code: 'best', asGood: ['x/a'], message: 'x/a is expected to be the best.' },
  ...{ blindOrder: ['x/a'], dataChangedFirst: false, base: 0.6 },
  basis: { kind: 'history', datasets: 9, level: 0.9, evidence: ['fit', 'vote', 'near'] },
  predicted: [
    predicted('x/a', 0.75, { fit: 0.1, vote: 0.05 }),
    predicted('x/b', 0.6, { fit: 0.0002, vote: -0.0002 }),
    ...['x/c', 'x/d', 'x/e'].map(model => predicted(model, 0.5, { fit: -0.1, vote: 0 })),
    predicted('x/f', 0.4, { fit: -0.1, vote: -0.1 }),
  ],
}
const cells = (table: string) => table.split('\n').map(line => line.trim().split(/ {2,}/))

describe('renderPulls', () => {
  it('has each piece of evidence, and what all come to', () => {
    const [first] = renderPulls({ decision }).split('\n\n')
    expect(cells(first)).toEqual([
      ['pull from 60.0, points', 'x/a', 'x/b', 'x/c', 'x/d', 'x/e'],
      ['fit', '+10.0', '0.0', '−10.0', '−10.0', '−10.0'],
      ['vote', '+5.0', '0.0', '0.0', '0.0', '0.0'],
      ['expected', '75.0', '60.0', '50.0', '50.0', '50.0'],
    ])
  })

  it('has every model', () => {
    const [, second] = renderPulls({ decision }).split('\n\n')
    expect(cells(second)).toEqual([
      ['pull from 60.0, points', 'x/f'],
      ['fit', '−10.0'],
      ['vote', '−10.0'],
      ['expected', '40.0'],
    ])
  })

  it('says nothing where nothing is expected', () => {
    expect(renderPulls({ decision: null })).toBe('')
  })
})
