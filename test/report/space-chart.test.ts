import { parseHTML } from 'linkedom'
import { expect, it } from 'vitest'
import { openDrawing } from '../../src/report/drawing.ts'
import { spaceChart } from '../../src/report/space-chart.ts'

it('keeps every corner of the cube on paper, near rows over far ones, and equal values in the middle', async () => {
  const corners = Array.from({ length: 8 }, (_, i) => [i & 1, (i >> 1) & 1, (i >> 2) & 1])
  const points = { rows: 8, dimensions: 3, values: Float64Array.from(corners.flat()) }
  const names = corners.map(String)
  const colours = new Map(names.map((name, i) => [name, `#00000${i}`]))
  const dotsOf = async (of: typeof points) => {
    const { document } = parseHTML(spaceChart(await openDrawing(), of, { names, colours, side: 200 }).html)
    return Array.from(document.querySelectorAll('circle') as Iterable<{ getAttribute(name: string): string }>)
  }
  const dots = await dotsOf(points)
  const places = dots.map(dot => ['cx', 'cy'].map(name => Number(dot.getAttribute(name))))
  expect(places.flat().every(place => place > 0 && place < 200)).toBe(true)
  // Far: large in the first two components and low. Near: the opposite corner.
  expect([dots[0], dots[7]].map(dot => dot.getAttribute('fill'))).toEqual([colours.get('1,1,0'), colours.get('0,0,1')])
  const flat = await dotsOf({ ...points, values: new Float64Array(24) })
  const middle = flat.map(dot => ['cx', 'cy'].map(name => Number(dot.getAttribute(name))))
  expect(middle).toEqual(middle.map(() => [100, 100]))
})
