import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heldOutSplit } from '../../src/transferability/held-out-split.ts'
import { labelledClasses } from '../../src/transferability/labelled-classes.ts'
import { embeddingsOf } from './embeddings-of.ts'

const split = (rows: number[][], labels: number[], options = { share: 0.2, seed: 0 }) =>
  heldOutSplit(embeddingsOf(rows), labelledClasses(Int32Array.from(labels), rows.length), options)

describe('heldOutSplit', () => {
  it('holds out a share of every class, at least one row and never all', () => {
    const rows = Array.from({ length: 23 }, (_, i) => [i, i * i])
    const labels = rows.map((_, i) => (i < 20 ? 0 : i < 22 ? 1 : 2))
    const { training, heldOut } = split(rows, labels)
    const counts = (part: Int32Array) => [0, 1, 2].map(label => part.filter(row => labels[row] === label).length)
    expect(counts(heldOut)).toEqual([4, 1, 0])
    expect(counts(training)).toEqual([16, 1, 1])
    expect(counts(split(rows, labels, { share: 0.999, seed: 0 }).training)).toEqual([1, 1, 1])
  })

  it('follows what rows hold, not where they stand; another seed holds out others', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [Math.sin(i), i])
    const labels = rows.map((_, i) => i % 2)
    const held = split(rows, labels).heldOut.toSorted()
    const turned = split(rows.toReversed(), labels.toReversed()).heldOut.map(row => 39 - row)
    expect(turned.toSorted()).toEqual(held)
    expect(split(rows, labels, { share: 0.2, seed: 1 }).heldOut.toSorted()).not.toEqual(held)
  })

  it('takes −0 and 0 for one number', () => {
    const rows = [[0], [1], [2], [3], [4], [5]]
    const labels = [0, 0, 0, 1, 1, 1]
    expect(split([[-0], ...rows.slice(1)], labels)).toEqual(split(rows, labels))
  })

  it('parts the rows', () => {
    const row = fc.tuple(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 2 }), fc.nat(3))
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 30 }), pairs => {
        const labels = pairs.map(([, label]) => label)
        fc.pre(new Set(labels).size > 1)
        const { training, heldOut } = split(
          pairs.map(([x]) => x),
          labels,
        )
        expect([...training, ...heldOut].toSorted((a, b) => a - b)).toEqual(labels.map((_, i) => i))
      }),
    )
  })
})
