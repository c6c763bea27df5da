import { describe, expect, it } from 'vitest'
import { nearValues } from '../../src/decision/near-values.ts'
import type { KnownTarget } from '../../src/decision/index.ts'

const NAMES = ['a', 'b', 'c']
const NONE: ReadonlySet<string> = new Set()

function known(name: string, fits: readonly number[], values: readonly number[]): KnownTarget {
  return { name, kin: name, candidates: NAMES.map((model, c) => ({ name: model, evidence: { fit: fits[c] } })), values }
}

const rising = [0.1, 0.2, 0.3]
const falling = [0.3, 0.2, 0.1]
const history = Array.from({ length: 10 }, (_, t) =>
  t % 2 === 0 ? known(`up-${t}`, rising, [0.5, 0.6, 0.7]) : known(`down-${t}`, falling, [0.9, 0.4, 0.1]),
)

describe('values near by', () => {
  it('are those of the datasets to which the same models fit', () => {
    const found = nearValues(history).of(known('new', [0.5, 0.7, 0.9], [0, 0, 0]), NONE)
    ;[0.5, 0.6, 0.7].forEach((value, c) => expect(found[c]).toBeCloseTo(value, 9))
  })

  it('weigh a dataset by e^(20 (r − 1)): one without any correlation by e^−20', () => {
    const flat = history.map((_, t) =>
      t === 0 ? known('flat', [1, 1, 1], [1, 1, 1]) : known(`up-${t}`, rising, [0, 0, 0]),
    )
    const [value] = nearValues(flat).of(known('new', rising, [0, 0, 0]), NONE)
    expect(value).toBeCloseTo(Math.exp(-20) / (9 + Math.exp(-20)), 15)
  })

  it('leave out what they are told to', () => {
    const up = new Set(history.filter((_, t) => t % 2 === 0).map(({ kin }) => kin))
    const [value] = nearValues(history).of(known('new', rising, [0, 0, 0]), up)
    expect(value).toBeCloseTo(0.9, 9)
  })

  it('are not known of fewer than ten datasets, nor of a model that no dataset has', () => {
    const all = nearValues(history.slice(1)).of(known('new', rising, [0, 0, 0]), NONE)
    expect([...all]).toEqual([NaN, NaN, NaN])
    const stranger = {
      candidates: [...known('new', rising, [0, 0, 0]).candidates, { name: 'z', evidence: { fit: 1 } }],
    }
    expect(nearValues(history).of(stranger, NONE)[3]).toBeNaN()
  })
})
