import { describe, expect, it } from 'vitest'
import { DEFAULT_PARAMETERS, explainFit, targetBundle } from '../../src/search/index.ts'
import { partCoverages } from '../../src/search/part-coverage.ts'
import { partFeatures, targetParts } from '../../src/search/part-features.ts'
import { blockColumns, datasetBlocks } from '../../src/sketch/dataset-blocks.ts'
import { makeSketch } from '../../src/sketch/make-sketch.ts'
import type { Sketch } from '../../src/sketch/sketch.ts'
import { columnSource } from '../columns.ts'
import { domainFromScratch } from '../hub/from-scratch.ts'
import { sketchColumns, uniformColumns } from '../hub/made-models.ts'

/** Columns a and b around some places, 200 rows each, one place after another. */
function spots(places: readonly number[], seed = 1): Record<string, Float64Array> {
  const parts = places.map((at, i) => uniformColumns({ a: at, b: -at }, { rows: 200, seed: seed + i }))
  const joined = (name: string) => Float64Array.from(parts.flatMap(part => Array.from(part[name])))
  return { a: joined('a'), b: joined('b') }
}

async function domainOf(sketches: Readonly<Record<string, Sketch>>) {
  const published = Object.entries(sketches).map(([name, sketch]) => ({ name, sketch }))
  const { domain, members } = domainFromScratch(published)
  const candidates = members.map(({ sketch, slotOf }, i) => {
    const columns = blockColumns(domain, slotOf)
    const stored = { blocks: datasetBlocks(sketch, slotOf, domain, columns), signatures: new Uint32Array(0) }
    const facts = { version: 1, sourceAccuracy: null, sizeBytes: 1, license: null, view: null }
    return { name: published[i].name, ...facts, slotOf, columns, stored }
  })
  return { domain, candidates }
}

describe('targetBundle', () => {
  it('puts models together that each cover a part, and names what none covers', async () => {
    const domain = await domainOf({
      'x/low': await sketchColumns(spots([0])),
      'x/middle': await sketchColumns(spots([10], 5)),
      'x/elsewhere': await sketchColumns(spots([90], 7)),
    })
    let cells: Int32Array = new Int32Array(0)
    const columns = spots([0, 0, 10, 50], 11)
    const target = await makeSketch(columnSource(columns), { onCells: found => (cells = found) })
    const bundle = targetBundle(target, [domain], DEFAULT_PARAMETERS)
    expect(bundle.models.map(({ model }) => model)).toEqual(['x/low', 'x/middle'])
    expect(bundle.models.map(({ gain }) => gain)).toEqual([expect.closeTo(0.5, 1), expect.closeTo(0.25, 1)])
    expect([bundle.bestSingle, bundle.share]).toEqual([bundle.models[0].share, bundle.models[1].share])
    expect(bundle.uncovered!.rows).toBe(columns.a.filter(a => a > 20).length)
    expect(bundle.uncovered!.features[0].mean).toBeGreaterThan(bundle.uncovered!.features[0].wholeMean!)
    const answering = Array.from(columns.a, (_, row) => bundle.models[bundle.route[cells[row]]].model)
    // A cell may hold a few rows of another spot.
    const answeredBy = (model: string, from: number, to: number) =>
      answering.slice(from, to).filter(name => name === model).length / (to - from)
    expect(answeredBy('x/low', 0, 400)).toBeGreaterThan(0.9)
    expect(answeredBy('x/middle', 400, 600)).toBeGreaterThan(0.9)
    expect(bundle.covering[cells[700]]).toEqual([])
  })

  it('covers by the rule of explain', async () => {
    const domain = await domainOf({ 'x/low': await sketchColumns(spots([0])) })
    const target = await sketchColumns(spots([0, 0.5, 5], 3))
    for (const threshold of ['auto', 0.2] as const) {
      const parameters = { ...DEFAULT_PARAMETERS, threshold }
      const { partitions } = explainFit(target, { domain: domain.domain, candidate: domain.candidates[0] }, parameters)
      const { models } = targetBundle(target, [domain], parameters)
      expect(models[0]?.parts ?? 0).toBe(partitions.filter(({ matched }) => matched).length)
    }
  })

  it('by default leaves out who matches a part to which another comes nearer', async () => {
    const domain = await domainOf({
      'x/here': await sketchColumns(spots([0, 0])),
      'x/aside': await sketchColumns(spots([0.3, 0.3], 5)),
    })
    const target = await sketchColumns(spots([0], 11))
    const aside = (threshold: 'auto' | number) => {
      const found = partCoverages(target, [domain], { ...DEFAULT_PARAMETERS, threshold })
      return found.find(({ candidate }) => candidate.name === 'x/aside')!
    }
    const candidate = domain.candidates.find(({ name }) => name === 'x/aside')!
    const { partitions } = explainFit(target, { domain: domain.domain, candidate }, DEFAULT_PARAMETERS)
    const matched = partitions.filter(({ matched }) => matched).length
    expect(matched).toBeGreaterThan(0)
    expect(aside('auto').covers.filter(Boolean).length).toBeLessThan(matched)
    expect(aside(Math.LN2).covers.every(Boolean)).toBe(true)
    const { models } = targetBundle(target, [domain], DEFAULT_PARAMETERS)
    expect(models[0].model).toBe('x/here')
  })

  it('is empty where no model shares features enough', async () => {
    const domain = await domainOf({ 'x/other': await sketchColumns(uniformColumns({ c: 0 })) })
    const target = await sketchColumns(spots([0]))
    const { models, route, share, uncovered } = targetBundle(target, [domain], { ...DEFAULT_PARAMETERS, match: 'name' })
    expect([models, share, uncovered!.rows]).toEqual([[], 0, 200])
    expect(new Set(route)).toEqual(new Set([-1]))
  })
})

describe('the clustered partition of each row', () => {
  it.each([60, 400, 1000])('counts to the rows of the partitions of %s rows', async rows => {
    let cells: Int32Array = new Int32Array(0)
    const columns = uniformColumns({ a: 0, b: 0 }, { rows })
    const sketch = await makeSketch(columnSource(columns), { onCells: found => (cells = found) })
    const counted = targetParts(sketch).map(() => 0)
    for (const cell of cells) counted[cell]++
    expect(counted).toEqual(targetParts(sketch).map(part => part.rows))
    expect(sketch).toEqual(await makeSketch(columnSource(columns)))
  })
})

describe('partFeatures', () => {
  it('has no difference for all parts, and puts the feature that moved first', async () => {
    const columns = { ...uniformColumns({ still: 0 }, { rows: 800 }), moved: spots([0, 0, 0, 9]).a }
    const sketch = await sketchColumns(columns)
    const all = targetParts(sketch).map((_, part) => part)
    expect(partFeatures(sketch, all).map(({ js }) => js)).toEqual([0, 0])
    const high = all.filter(part => partFeatures(sketch, [part]).find(({ feature }) => feature === 'moved')!.mean! > 8)
    const [first] = partFeatures(sketch, high)
    expect(first).toMatchObject({ feature: 'moved', mean: expect.closeTo(9.5, 1), wholeMean: expect.closeTo(2.75, 0) })
  })
})
