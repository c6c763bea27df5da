import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom, type Random } from '../../src/common/random.ts'
import { jensenShannonOfRows, jointRows } from '../../src/divergence/joint-rows.ts'
import { withMissingFeatures } from '../../src/divergence/with-missing-features.ts'
import { missingShares, rootBounds, tableBounds } from '../../src/retrieval/block-bounds.ts'
import { MaskedBlock } from '../../src/retrieval/masked-block.ts'
import { maskedSearch, maskedShortlist } from '../../src/retrieval/masked-search.ts'

interface Dataset {
  readonly values: Float32Array
  readonly features: Uint32Array
}

interface Hub {
  readonly offsets: Uint32Array
  readonly datasets: readonly Dataset[]
}

/** Datasets around a few centres, near ones and far ones, each with some of the features. */
function randomHub(random: Random, { size, features }: { readonly size: number; readonly features: number }): Hub {
  const offsets = new Uint32Array(features + 1)
  for (let f = 0; f < features; f++) offsets[f + 1] = offsets[f] + 1 + Math.floor(24 * random())
  const datasets = Array.from({ length: size }, (_, i) => {
    const share = i % 3 === 0 ? 1 : random()
    const had = Uint32Array.from({ length: features }, (_, f) => f).filter(() => random() < share)
    return { features: had, values: histograms(random, offsets, had) }
  })
  return { offsets, datasets }
}

function histograms(random: Random, offsets: Uint32Array, features: Uint32Array): Float32Array {
  const values = new Float32Array(offsets[offsets.length - 1])
  const [centre, width] = [Math.floor(4 * random()) / 4, 0.05 + random()]
  for (const f of features) {
    const bins = offsets[f + 1] - offsets[f]
    const masses = Array.from({ length: bins }, (_, b) => {
      const mass = Math.exp(-((((b + 0.5) / bins - centre) / width) ** 2)) * (0.8 + 0.4 * random())
      return random() < 0.1 ? 0 : mass
    })
    masses[Math.floor(bins * random())] += 0.01
    const total = masses.reduce((sum, mass) => sum + mass, 0)
    values.set(
      masses.map(mass => mass / total),
      offsets[f],
    )
  }
  return values
}

function blockOfHub({ offsets, datasets }: Hub, coarseBins: number): { block: MaskedBlock; fine: Uint8Array[] } {
  const block = new MaskedBlock(offsets, coarseBins)
  const fine = datasets.map(({ values, features }) => {
    const coded = block.code(values, features)
    block.append(coded)
    return coded.fine
  })
  return { block, fine }
}

/** The exact divergence over the features both have: what the exact engine computes. */
function exactly({ offsets, datasets }: Hub, query: Dataset): (i: number) => number {
  const has = new Set(query.features)
  const row = (values: Float32Array, features: Uint32Array) =>
    jointRows({ partitions: 1, offsets, values, rows: Float64Array.of(1) }, features)[0]
  return i => {
    const shared = datasets[i].features.filter(f => has.has(f))
    return jensenShannonOfRows(row(datasets[i].values, shared), row(query.values, shared))
  }
}

function sharedCount({ features }: Dataset, query: Dataset): number {
  return features.filter(f => query.features.includes(f)).length
}

const arbitraryCase = fc.record({
  seed: fc.integer(),
  size: fc.integer({ min: 1, max: 120 }),
  features: fc.integer({ min: 1, max: 12 }),
  coarseBins: fc.integer({ min: 1, max: 12 }),
  most: fc.integer({ min: 1, max: 12 }),
  least: fc.integer({ min: 1, max: 6 }),
})

function made({ seed, size, features }: { readonly seed: number; readonly size: number; readonly features: number }) {
  const hub = randomHub(seededRandom(seed), { size: size + 1, features })
  const query = hub.datasets[0]
  return { hub: { ...hub, datasets: hub.datasets.slice(seed % 2 === 0 ? 0 : 1) }, query }
}

describe('masked block', () => {
  test('gives what comparing everything exactly gives, whichever features either side lacks', () => {
    fc.assert(
      fc.property(arbitraryCase, ({ coarseBins, most, least, ...shape }) => {
        const { hub, query } = made(shape)
        const { block, fine } = blockOfHub(hub, coarseBins)
        const divergence = exactly(hub, query)
        const { found, bounds } = maskedSearch(block, query, {
          most,
          leastShared: least,
          fineCodes: i => fine[i],
          divergence,
        })
        const all = [...hub.datasets.keys()]
          .filter(i => sharedCount(hub.datasets[i], query) >= least)
          .map(key => ({ key, value: divergence(key) }))
          .sort((a, b) => a.value - b.value || a.key - b.key)
        const limit = all[Math.min(most, all.length) - 1]?.value ?? 0
        const byValue = [...found].sort((a, b) => a.value - b.value || a.key - b.key)
        expect(byValue).toEqual(all.filter(({ value }) => value <= limit))
        expect(bounds.eligible).toBe(all.length)
      }),
      { numRuns: 300 },
    )
  })

  test('goes by the divergence and what is added to it', () => {
    fc.assert(
      fc.property(arbitraryCase, fc.constantFrom(0.001, 0.1, 2), ({ coarseBins, most, ...shape }, scale) => {
        const { hub, query } = made(shape)
        const { block, fine } = blockOfHub(hub, coarseBins)
        const random = seededRandom(shape.seed + 1)
        const added = Float32Array.from(hub.datasets, () => scale * random())
        const divergence = exactly(hub, query)
        const key = (i: number) => divergence(i) + added[i]
        const { datasets } = maskedShortlist(block, query, { most, fineCodes: i => fine[i], added })
        const nearest = [...hub.datasets.keys()]
          .filter(i => sharedCount(hub.datasets[i], query) > 0)
          .sort((a, b) => key(a) - key(b))
          .slice(0, most)
        expect(datasets).toEqual(expect.arrayContaining(nearest))
        const few = maskedShortlist(block, query, {
          most,
          fineCodes: i => fine[i],
          added,
          among: Uint32Array.from(nearest),
        })
        expect(new Set(few.datasets)).toEqual(new Set(nearest))
        const limited = maskedShortlist(block, query, { most, limit: most + 1, fineCodes: i => fine[i], added })
        expect(limited.datasets.length).toBe(Math.min(datasets.length, most + 1))
        expect(datasets).toEqual(expect.arrayContaining([...limited.datasets]))
      }),
      { numRuns: 200 },
    )
  })

  test('no bound exceeds the divergence', () => {
    fc.assert(
      fc.property(arbitraryCase, fc.option(fc.nat(3)), ({ coarseBins, ...shape }, extra) => {
        const { hub, query } = made(shape)
        const { block, fine } = blockOfHub(hub, coarseBins)
        const targetFeatures = extra === null ? undefined : query.features.length + extra
        const shared = block.sets.sharedWith(query.features)
        const sets = { shared, shares: missingShares(shared, targetFeatures), least: 1 }
        const roots = rootBounds(block, query, sets)
        const merged = tableBounds(block, query, { ...sets, bins: 'merged' })
        const all = tableBounds(block, query, { ...sets, bins: 'all' })
        const divergence = exactly(hub, query)
        hub.datasets.forEach((dataset, i) => {
          const count = sharedCount(dataset, query)
          if (count === 0) return expect(roots[i]).toBe(Infinity)
          const exact =
            targetFeatures === undefined ? divergence(i) : withMissingFeatures(divergence(i), count, targetFeatures)
          expect(roots[i]).toBeLessThanOrEqual(exact)
          expect(merged.lower(i, block.rows.codes(), i * block.rows.stride)).toBeLessThanOrEqual(exact)
          expect(all.lower(i, fine[i], 0)).toBeLessThanOrEqual(exact)
          expect(all.upper(i, fine[i], 0)).toBeGreaterThanOrEqual(exact)
        })
      }),
      { numRuns: 200 },
    )
  })

  test('a shortlist holds all that belong to the answer', () => {
    fc.assert(
      fc.property(arbitraryCase, ({ coarseBins, most, least, ...shape }) => {
        const { hub, query } = made(shape)
        const { block, fine } = blockOfHub(hub, coarseBins)
        const divergence = exactly(hub, query)
        const options = { most, leastShared: least, fineCodes: (i: number) => fine[i] }
        const shortlist = maskedShortlist(block, query, options)
        const { found } = maskedSearch(block, query, { ...options, divergence })
        expect(new Set(shortlist.datasets).size).toBe(shortlist.datasets.length)
        expect(shortlist.datasets).toEqual(expect.arrayContaining(found.map(({ key }) => key)))
      }),
    )
  })

  test('only allowed datasets are found, and only those of another engine where there is one', () => {
    fc.assert(
      fc.property(arbitraryCase, fc.integer(), ({ coarseBins, most, least, ...shape }, seed) => {
        const { hub, query } = made(shape)
        const { block, fine } = blockOfHub(hub, coarseBins)
        const random = seededRandom(seed)
        const allowed = Uint8Array.from(hub.datasets, () => Number(random() < 0.7))
        const some = Uint32Array.from(hub.datasets.keys()).filter(() => random() < 0.5)
        const divergence = exactly(hub, query)
        const common = { most, leastShared: least, allowed, fineCodes: (i: number) => fine[i] }
        for (const among of [undefined, some]) {
          const nearest = hub.datasets
            .map((dataset, i) => ({ i, shared: sharedCount(dataset, query), js: divergence(i) }))
            .filter(({ i, shared }) => allowed[i] === 1 && shared >= Math.max(1, least) && (among?.includes(i) ?? true))
            .sort((a, b) => a.js - b.js)
            .slice(0, most)
          const { datasets, bounds } = maskedShortlist(block, query, { ...common, among })
          expect(datasets).toEqual(
            expect.arrayContaining(nearest.filter(({ js }) => js < nearest.at(-1)!.js).map(({ i }) => i)),
          )
          expect(datasets.every(i => allowed[i] === 1 && (among?.includes(i) ?? true))).toBe(true)
          expect(bounds.afterFine).toBeGreaterThanOrEqual(nearest.length)
        }
      }),
    )
  })

  test('bounds exclude most of a hub of distant datasets', () => {
    const { hub, query } = made({ seed: 4, size: 400, features: 12 })
    const { block, fine } = blockOfHub(hub, 8)
    const { bounds, work } = maskedSearch(block, query, {
      most: 1,
      leastShared: 6,
      fineCodes: i => fine[i],
      divergence: exactly(hub, query),
    })
    expect(bounds.afterFine).toBeLessThan(bounds.eligible / 10)
    expect(work.compared).toBe(bounds.afterFine)
  })

  test('an effort limits the datasets looked at', () => {
    const { hub, query } = made({ seed: 5, size: 400, features: 6 })
    const { block, fine } = blockOfHub(hub, 2)
    const looked: number[] = []
    maskedSearch(block, query, {
      most: 10,
      effort: 12,
      fineCodes: i => (looked.push(i), fine[i]),
      divergence: exactly(hub, query),
    })
    expect(looked.length).toBeLessThanOrEqual(12)
    expect(new Set(looked).size).toBe(looked.length)
  })

  test('an empty block finds nothing', () => {
    const block = new MaskedBlock(Uint32Array.of(0, 3))
    const query = { values: [1, 0, 0], features: Uint32Array.of(0) }
    const { found } = maskedSearch(block, query, { most: 3, fineCodes: () => new Uint8Array(3), divergence: () => 0 })
    expect(found).toEqual([])
  })
})
