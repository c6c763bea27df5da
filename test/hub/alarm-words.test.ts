import { describe, expect, it } from 'vitest'
import { alarmText } from '../../src/hub/alarm-words.ts'

describe('the alarm in words', () => {
  const reason = 'two camps agree no more than chance'

  it('says why, and which models stand apart', () => {
    expect(alarmText({ alarm: true, reason, camps: [['x/a', 'x/b'], ['x/c']] })).toBe(
      `Agreement cannot be trusted here: ${reason}; apart from the others: x/c`,
    )
    const many = Array.from({ length: 7 }, (_, i) => `x/${i}`)
    expect(alarmText({ alarm: true, reason, camps: [[...many, 'x/7'], many] })).toMatch(/: x\/0, .*x\/4 and 2 more$/)
  })

  it('says why where there are no camps, and without an alarm only that', () => {
    expect(alarmText({ alarm: true, reason, camps: [] })).toBe(`Agreement cannot be trusted here: ${reason}`)
    expect(alarmText({ alarm: false, reason, camps: [] })).toBe(reason)
  })
})
