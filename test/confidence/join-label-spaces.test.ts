import { describe, expect, it } from 'vitest'
import { joinLabelSpaces, toJoinedLabels } from '../../src/confidence/index.ts'

describe('joinLabelSpaces', () => {
  it('joins by name, whatever the order and the writing', () => {
    const joined = joinLabelSpaces([
      ['cat', 'dog'],
      ['Dog', 'traffic_light', 'Cat '],
      ['traffic light', 'TRAFFIC-SIGN'],
    ])
    expect(joined.labels).toEqual(['cat', 'dog', 'traffic_light', 'TRAFFIC-SIGN'])
    expect(joined.positions.map(positions => [...positions])).toEqual([
      [0, 1],
      [1, 2, 0],
      [2, 3],
    ])
    expect([...toJoinedLabels(Int32Array.of(2, 0, 1, 0), joined.positions[1])]).toEqual([0, 1, 2, 1])
  })

  it('joins nothing to nothing', () => {
    expect(joinLabelSpaces([])).toEqual({ labels: [], positions: [] })
  })

  it.each([[['cat', 'Cat']], [['cat', ' ']]])('refuses %j', names => {
    expect(() => joinLabelSpaces([names])).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }))
  })

  it('refuses predictions outside the classes', () => {
    expect(() => toJoinedLabels(Int32Array.of(2), Int32Array.of(0, 1))).toThrow(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    )
  })
})
