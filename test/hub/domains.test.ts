import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listDomains, listVersions, openCatalog } from '../../src/catalog/index.ts'
import { loadSketchFile, type Hub } from '../../src/hub/index.ts'
import { loadDomain } from '../../src/hub/stored-domain.ts'
import { METRIC_NAMES, type SearchParameters } from '../../src/search/index.ts'
import type { Sketch } from '../../src/sketch/sketch.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { domainFromScratch, searchFromScratch, type Published } from './from-scratch.ts'
import { asTarget, makeModelFolder, SENSORS, sketchColumns, uniformColumns } from './made-models.ts'
import { newHub } from './open-hub.ts'

const BODY_PARTS = ['torso', 'left_arm', 'right_leg']

async function sensor(part: string, subject: number): Promise<Published & { folder: string }> {
  const folder = join(SENSORS, `dsads_${part}_s${subject}`)
  const { sketch } = await loadSketchFile(join(folder, 'train.sketch.parquet'))
  return { name: `dsads/${part}_s${subject}`, sketch, folder }
}

async function storedDomains(folder: string) {
  const catalog = await openCatalog(folder)
  const records = await listDomains(catalog.db)
  const domains = []
  for (const record of records) {
    const domain = await loadDomain(catalog.db, record.id)
    const members = (await listVersions(catalog.db)).filter(({ domainId }) => domainId === record.id)
    domains.push({ ...record, domain, members: members.map(({ name }) => name) })
  }
  await catalog.close()
  return domains
}

async function rows(hub: Hub, target: Sketch, options: Partial<SearchParameters> = {}) {
  const { results } = await hub.search(asTarget(target), { top: 1000, ...options })
  return results.map(({ model, score, overlap, adaptivity, coverage, js }) => ({
    ...{ model, score, overlap, adaptivity, coverage, js },
  }))
}

describe('a domain', () => {
  it('takes its reference from its first 8 models, and each search is as if all were computed at once', async () => {
    const { hub, folder } = await newHub()
    const target = (await sensor('left_leg', 8)).sketch
    const published: Published[] = []
    const references: unknown[] = []
    for (let i = 0; i < 11; i++) {
      const model = await sensor(BODY_PARTS[i % 3], 1 + Math.floor(i / 3))
      await hub.publish({ folder: model.folder })
      published.push(model)
      const [{ referenceVersion, domain }, ...others] = await storedDomains(folder)
      expect(others).toEqual([])
      expect(referenceVersion).toBe(Math.min(i + 1, 8))
      expect(domain).toEqual(domainFromScratch(published).domain)
      references.push(domain.slots[0].reference)
      if (i === 0 || i >= 6) expect(await rows(hub, target)).toEqual(searchFromScratch(published, target))
    }
    for (let i = 1; i < 8; i++) expect(references[i]).not.toEqual(references[i - 1])
    for (let i = 8; i < 11; i++) expect(references[i]).toEqual(references[7])
    for (const metric of METRIC_NAMES.filter(name => name !== 'source-accuracy' && name !== 'mmd')) {
      expect(await rows(hub, target, { metric }), metric).toEqual(searchFromScratch(published, target, { metric }))
    }
  })

  it('grows by the features of a newcomer; models with more and with fewer of them stand side by side', async () => {
    const { hub, folder } = await newHub()
    const scratch = temporaryFolder()
    const starts = { a: 0, b: 10, c: 100, d: 1000, e: 1e4 }
    const { a, b, c, d } = starts
    const tables = {
      'ada/three': { a, b, c },
      'ada/five': starts,
      'ada/two': { a, c: c + 0.3 },
      'ada/more': { ...starts, f: 1e5, g: 1e6 },
      'ada/part': { b: b + 0.5, c, d, f: 1e5 },
    }
    const published: Published[] = []
    for (const [name, columns] of Object.entries(tables)) {
      const sketch = await sketchColumns(uniformColumns(columns, { seed: published.length }))
      await hub.publish({ folder: makeModelFolder(scratch, { name, sketch }) })
      published.push({ name, sketch })
    }
    const [{ domain }, ...others] = await storedDomains(folder)
    expect(others).toEqual([])
    expect(domain.slots.map(({ name, signatures }) => `${name} ${signatures.length}`)).toEqual([
      'a 4',
      'b 4',
      'c 5',
      'd 3',
      'e 2',
      'f 2',
      'g 1',
    ])
    const target = await sketchColumns(uniformColumns({ a, b, c, d }, { seed: 99 }))
    for (const t1 of [0, 0.5]) {
      expect(await rows(hub, target, { t1 })).toEqual(searchFromScratch(published, target, { t1 }))
    }
    const found = await rows(hub, target, { t1: 0 })
    const overlaps = Object.fromEntries(found.map(({ model, overlap }) => [model, overlap]))
    expect(overlaps).toEqual({ 'ada/three': 0.75, 'ada/five': 1, 'ada/two': 0.5, 'ada/more': 1, 'ada/part': 0.75 })
    expect(
      found
        .slice(0, 2)
        .map(({ model }) => model)
        .sort(),
    ).toEqual(['ada/five', 'ada/more'])
  })

  it('is a new one too where a model’s next version has other features', async () => {
    const { hub, folder } = await newHub()
    const scratch = temporaryFolder()
    const name = 'ada/wine'
    const tables: Record<string, number>[] = [
      { a: 0, b: 100 },
      { x: -1e5, y: 1e9 },
      { a: 0, b: 100 },
    ]
    for (const [seed, columns] of tables.entries()) {
      const sketch = await sketchColumns(uniformColumns(columns, { seed }))
      await hub.publish({ folder: makeModelFolder(scratch, { name, sketch }) })
      const found = await rows(hub, sketch)
      expect(found.map(({ model }) => model)).toEqual([name])
      expect(found[0].score).toBeCloseTo(1, 9)
    }
    const first = await sketchColumns(uniformColumns({ a: 0, b: 100 }, { seed: 0 }))
    expect((await hub.explain(asTarget(first), `${name}@1`)).evidence.fit).toBeCloseTo(1, 2)
    const domains = await storedDomains(folder)
    expect(domains.map(({ name, domain }) => [name, domain.slots.length])).toEqual([
      ['ada/wine', 2],
      ['ada/wine 2', 2],
    ])
  })

  it('is another one where features do not overlap, and the one that the card names where it names one', async () => {
    const { hub, folder } = await newHub()
    const scratch = temporaryFolder()
    const publish = async (name: string, columns: Record<string, number>, domain?: string) => {
      const sketch = await sketchColumns(uniformColumns(columns))
      await hub.publish({ folder: makeModelFolder(scratch, { name, sketch, modelhub: { domain } }) })
      return sketch
    }
    const xyz = { x: 0, y: 100, z: 1e4 }
    const sketch = await publish('ada/first', xyz)
    await publish('ada/near', { x: 0, y: 100, w: -1e4 })
    await publish('ada/apart', { u: -1, v: -1e6 })
    await publish('ada/named', xyz, 'drinks')
    await publish('ada/named2', { x: 0, q: 1e8 }, 'drinks')
    const members = (await storedDomains(folder)).map(({ name, members }) => [name, members])
    expect(members).toEqual([
      ['ada/apart', ['ada/apart']],
      ['ada/first', ['ada/first', 'ada/near']],
      ['drinks', ['ada/named', 'ada/named2']],
    ])
    const found = await rows(hub, sketch)
    expect(found.map(({ model }) => model).sort()).toEqual(['ada/first', 'ada/named', 'ada/near'])
    expect(found[2].model).toBe('ada/near')
    expect(found[0].score).toBeCloseTo(1, 9)
    expect(found[1].score).toBeCloseTo(1, 9)
  })
})
