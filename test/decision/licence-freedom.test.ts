import list from '@blueoak/list/index.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { licenceFreedom } from '../../src/decision/licence-freedom.ts'

describe('licenceFreedom', () => {
  it.each([
    ['CC0-1.0', 0],
    ['mit', 1],
    ['apache-2.0', 1],
    ['cc-by-4.0', 1],
    ['MPL-2.0', 2],
    ['gpl-3.0', 3],
    ['cc-by-sa-4.0', 3],
    ['agpl-3.0', 4],
    ['llama3.1', 5],
    ['cc-by-nc-4.0', 6],
    ['other', null],
    ['', null],
    [null, null],
  ])('of %s is %s', (licence, freedom) => {
    expect(licenceFreedom(licence)).toBe(freedom)
  })

  it('takes the freest of a choice, the least free of what holds together', () => {
    expect(licenceFreedom('MIT OR GPL-3.0-only')).toBe(1)
    expect(licenceFreedom('(mit AND gpl-3.0-or-later) OR mpl-2.0')).toBe(2)
    expect(licenceFreedom('MIT AND GPL-3.0-only')).toBe(3)
    expect(licenceFreedom('mit, cc-by-nc-4.0')).toBe(6)
    expect(licenceFreedom('GPL-2.0-only WITH Classpath-exception-2.0')).toBe(3)
  })

  it('does not guess: what is unknown leaves no choice, and spoils what must hold together', () => {
    expect(licenceFreedom('MIT OR LicenseRef-own')).toBe(1)
    expect(licenceFreedom('MIT AND LicenseRef-own')).toBeNull()
    expect(licenceFreedom('mit, own')).toBeNull()
  })

  it('agrees with the Blue Oak Council on which licences of software are permissive', () => {
    const permissive = list.flatMap(({ licenses }) => licenses.map(({ id }) => id))
    const known = permissive.map(licenceFreedom).filter(freedom => freedom !== null)
    expect(known.length).toBeGreaterThan(20)
    expect(known.filter(freedom => freedom > 1)).toEqual([])
    const lacking = ['AFL-3.0', 'Artistic-2.0', 'BSD-3-Clause-Clear', 'MS-PL', 'UPL-1.0', 'Zlib', '0BSD', 'Unlicense']
    expect(lacking.filter(id => !permissive.includes(id))).toEqual([])
  })
})
