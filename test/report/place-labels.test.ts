import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeLabels, type Box, type Label } from '../../src/report/place-labels.ts'

const paper = { obstacles: [], width: 400, height: 300 }
const label = (x: number, y: number, more: Partial<Label> = {}): Label => ({
  ...{ x, y, text: 'acme/iris', isNeeded: true },
  ...more,
})
const areOverlapping = (a: Box, b: Box) =>
  Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth - 1e-9 && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight - 1e-9

describe('placeLabels', () => {
  it('writes to the right of a point, and to the left where the paper ends', () => {
    const [inside] = placeLabels([label(200, 150)], paper)
    expect(inside).toMatchObject({ anchor: 'start', at: { y: 150 }, isFar: false })
    expect(inside.at.x).toBeGreaterThan(200)
    const [atEdge] = placeLabels([label(390, 150)], paper)
    expect(atEdge).toMatchObject({ anchor: 'end' })
    expect(atEdge.at.x).toBeLessThan(390)
  })

  it('gives the place to the label that comes first', () => {
    const [first, second] = placeLabels([label(200, 150), label(205, 152)], paper)
    expect(first.anchor).toBe('start')
    expect(areOverlapping(first.box, second.box)).toBe(false)
  })

  it('goes further out with a label that is needed, and leaves out one that is not', () => {
    const wall = { x: 200, y: 150, halfWidth: 60, halfHeight: 25 }
    const around = { ...paper, obstacles: [wall] }
    expect(placeLabels([label(200, 150, { isNeeded: false })], around)).toEqual([])
    const [far] = placeLabels([label(200, 150)], around)
    expect(far.isFar).toBe(true)
    expect(areOverlapping(far.box, wall)).toBe(false)
  })

  it('writes a needed label even where nothing is free', () => {
    const everything = { x: 200, y: 150, halfWidth: 200, halfHeight: 150 }
    expect(placeLabels([label(200, 150)], { ...paper, obstacles: [everything] })).toHaveLength(1)
  })

  it('never lets labels that are not needed cover anything or leave the paper', () => {
    const labels = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 300 }), fc.string({ maxLength: 20 }))
        .map(([x, y, text]) => label(x, y, { text: `a${text}`, isNeeded: false })),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(labels, all => {
        const boxes = placeLabels(all, paper).map(({ box }) => box)
        boxes.forEach((a, i) => {
          expect(boxes.slice(i + 1).some(b => areOverlapping(a, b))).toBe(false)
          expect(a.x - a.halfWidth).toBeGreaterThanOrEqual(-1e-9)
          expect(a.x + a.halfWidth).toBeLessThanOrEqual(400 + 1e-9)
          expect(a.y - a.halfHeight).toBeGreaterThanOrEqual(-1e-9)
          expect(a.y + a.halfHeight).toBeLessThanOrEqual(300 + 1e-9)
        })
      }),
      { seed: 4 },
    )
  })
})
