import { describe, expect, it } from 'vitest'
import {
  EMPTY_DOMAIN,
  findDomain,
  FOUNDERS,
  foundSlots,
  makeSketch,
  slotsOf,
  slotsOfNewcomer,
  slotsToFound,
  type Domain,
  type DomainMember,
  type NumericBins,
  type Sketch,
} from '../../src/sketch/index.ts'
import { normalColumns, sourceOf } from './sources.ts'

/** A sketch of normal columns of the given names, far from each other unless their names are equal. */
async function sketchOf(names: readonly string[], seed = 0): Promise<Sketch> {
  const columns = normalColumns(200, names.length, seed).map((column, f) => {
    const place = names[f].charCodeAt(0) - 96
    return column.map(value => (value / 10 ** f + 5) * 10 ** (8 * place))
  })
  return makeSketch(
    sourceOf(
      names.map(name => ({ name, type: 'numeric' as const })),
      columns,
    ),
  )
}

function domainOf(members: readonly DomainMember[]): Domain {
  return members.reduce(
    (domain, member, i) => foundSlots(domain, slotsToFound(domain, member.slotOf), members.slice(0, i + 1)),
    EMPTY_DOMAIN,
  )
}

describe('a domain', () => {
  it('gives its first member slots in order, and a newcomer’s other features new ones at the end', async () => {
    const first = await sketchOf(['a', 'b', 'c'])
    expect(Array.from(slotsOfNewcomer(EMPTY_DOMAIN, first))).toEqual([0, 1, 2])
    const domain = domainOf([{ sketch: first, slotOf: Int32Array.of(0, 1, 2) }])
    expect(domain.slots.map(({ name, type, signatures }) => [name, type, signatures.length])).toEqual([
      ['a', 'numeric', 1],
      ['b', 'numeric', 1],
      ['c', 'numeric', 1],
    ])
    const second = await sketchOf(['c', 'e', 'a', 'd'], 1)
    expect(Array.from(slotsOf(domain, second))).toEqual([2, -1, 0, -1])
    expect(Array.from(slotsOfNewcomer(domain, second))).toEqual([2, 3, 0, 4])
  })

  it('finds a feature under another name by its distribution', async () => {
    const domain = domainOf([{ sketch: await sketchOf(['a', 'b']), slotOf: Int32Array.of(0, 1) }])
    const renamed = await sketchOf(['b', 'a'], 2)
    const other = {
      ...renamed,
      features: renamed.features.map(feature => ({ ...feature, name: `my ${feature.name}` })),
    }
    expect(Array.from(slotsOf(domain, other))).toEqual([1, 0])
  })

  it('is not changed by holders after the eighth', async () => {
    const members: DomainMember[] = []
    for (let seed = 0; seed <= FOUNDERS; seed++)
      members.push({ sketch: await sketchOf(['a'], seed), slotOf: Int32Array.of(0) })
    const eight = domainOf(members.slice(0, FOUNDERS))
    expect(eight.slots[0].signatures).toHaveLength(FOUNDERS)
    expect(Array.from(slotsToFound(eight, Int32Array.of(0)))).toEqual([])
    expect(foundSlots(EMPTY_DOMAIN, Int32Array.of(0), members)).toEqual(eight)
    expect(domainOf(members.slice(0, 7))).not.toEqual(eight)
    expect((eight.slots[0].reference as NumericBins).edges.length).toBeLessThanOrEqual(49)
  })
})

describe('findDomain', () => {
  it('takes the domain that has most of the features, if it has more than half', async () => {
    const [ab, cdef] = [await sketchOf(['a', 'b']), await sketchOf(['c', 'd', 'e', 'f'])]
    const domains = [
      domainOf([{ sketch: ab, slotOf: Int32Array.of(0, 1) }]),
      domainOf([{ sketch: cdef, slotOf: Int32Array.of(0, 1, 2, 3) }]),
    ]
    expect(findDomain(domains, await sketchOf(['a', 'b', 'c'], 1))).toBe(0)
    expect(findDomain(domains, await sketchOf(['a', 'd', 'e'], 1))).toBe(1)
    expect(findDomain(domains, await sketchOf(['a', 'c'], 1))).toBe(-1)
    expect(findDomain([domains[0], domains[0]], ab)).toBe(0)
    expect(findDomain([], ab)).toBe(-1)
  })
})
