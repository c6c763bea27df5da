import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  insertVersion,
  listEvaluations,
  meanElsewhere,
  recordEvaluations,
  removeEvaluations,
  removeVersion,
  yankVersion,
  type Catalog,
  type EvaluationBatch,
  type EvaluationFilter,
  type NewEvaluation,
} from '../../src/catalog/index.ts'
import { newVersion, sha256 } from '../catalog/versions.ts'
import type { CatalogOpener } from './catalog-contract.ts'

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error

/** A batch on the dataset of that name, whose data follow from `data`. */
function batch(name: string, evaluations: readonly NewEvaluation[], data = name): EvaluationBatch {
  const dataset = { name, sha256: sha256(data) }
  return { dataset, metric: 'accuracy', toolVersion: '0.1.0', createdAt: '2026-02-01T00:00:00.000Z', evaluations }
}

/** What every kind of catalog does with a hub's history. */
export function historyContract({ name, open, destroy }: CatalogOpener): void {
  describe(`the history contract: ${name}`, () => {
    let hub: string
    let catalog: Catalog
    beforeEach(async () => {
      hub = `hub-${randomUUID()}`
      catalog = await open(hub)
    })
    afterEach(async () => {
      await catalog.close()
      await destroy(hub)
    })
    const published = async (model: string, content = 'a') =>
      (await catalog.write(tx => insertVersion(tx, newVersion(model, content)))).version
    const record = (...args: Parameters<typeof batch>) => catalog.write(tx => recordEvaluations(tx, batch(...args)))
    const measured = (versionId: number, value: number, own = false) => ({
      versionId,
      rows: 40,
      value,
      own,
      scores: {},
    })
    const listed = async (filter?: EvaluationFilter) =>
      (await listEvaluations(catalog.db, filter)).map(
        ({ dataset, model, version, value }) => `${dataset} ${model}@${version} ${value}`,
      )

    it('an evaluation comes back with what its version states', async () => {
      const { id } = await published('ada/wine')
      const evaluation = {
        versionId: id,
        rows: 3e9,
        value: 0.1 + 0.2,
        own: true,
        scores: { fit: 1 / 3, entropy: -1e-300 },
      }
      expect(await record('red wine, 2019', [evaluation])).toEqual({ recorded: 1, outdated: 0 })
      await catalog.close()
      catalog = await open(hub)
      expect(await listEvaluations(catalog.db)).toEqual([
        {
          ...evaluation,
          ...{ model: 'ada/wine', version: 1, yanked: false, dataset: 'red wine, 2019' },
          ...{ datasetSha256: sha256('red wine, 2019'), metric: 'accuracy', toolVersion: '0.1.0' },
          ...{ createdAt: '2026-02-01T00:00:00.000Z', sourceAccuracy: 0.875, sizeBytes: 6e9, trainingRows: 1234 },
        },
      ])
    })

    it('the list is in order of dataset, model and version, of all or of some', async () => {
      const [two, one] = [await published('B/b'), await published('a/a')]
      const next = await published('B/b', 'b')
      await record('z', [measured(one.id, 0.5), measured(two.id, 0.25), measured(next.id, 0.75)])
      await record('É', [measured(one.id, 0)])
      await catalog.write(tx => yankVersion(tx, 'B/b@2'))
      expect(await listed()).toEqual(['z B/b@1 0.25', 'z B/b@2 0.75', 'z a/a@1 0.5', 'É a/a@1 0'])
      expect(await listed({ model: 'a/a' })).toEqual(['z a/a@1 0.5', 'É a/a@1 0'])
      expect(await listed({ model: 'B/b@2' })).toEqual(['z B/b@2 0.75'])
      expect(await listed({ model: 'a/a', dataset: 'É' })).toEqual(['É a/a@1 0'])
      expect(await listed({ datasetSha256: sha256('É') })).toEqual(['É a/a@1 0'])
      expect(await listed({ dataset: 'none' })).toEqual([])
      await expect(listed({ model: 'b' })).rejects.toThrow(code('USAGE'))
    })

    it('the same version on the same data again takes the place of the earlier', async () => {
      const [one, two] = [await published('a/a'), await published('b/b')]
      await record('wine', [measured(one.id, 0.5), measured(two.id, 0.25)])
      expect(await record('wine', [measured(one.id, 1, true)])).toEqual({ recorded: 1, outdated: 0 })
      expect(await listed()).toEqual(['wine a/a@1 1', 'wine b/b@1 0.25'])
    })

    it('a name is one dataset: other data under it take its place, the same data take the new name', async () => {
      const [one, two] = [await published('a/a'), await published('b/b')]
      await record('wine', [measured(one.id, 0.5), measured(two.id, 0.25)], 'old')
      await record('beer', [measured(one.id, 0.125)])
      expect(await record('wine', [measured(one.id, 0.75)], 'new')).toEqual({ recorded: 1, outdated: 2 })
      expect(await listed()).toEqual(['beer a/a@1 0.125', 'wine a/a@1 0.75'])
      await record('red', [measured(two.id, 0)], 'new')
      expect(await listed()).toEqual(['beer a/a@1 0.125', 'red a/a@1 0.75', 'red b/b@1 0'])
    })

    it('many at once come back, and go by the name of their dataset', async () => {
      const ids: number[] = []
      for (let i = 0; i < 11; i++) ids.push((await published(`a/m${i}`)).id)
      for (let d = 0; d < 3; d++)
        await record(
          `d${d}`,
          ids.map(id => measured(id, d / 4)),
        )
      expect(await listed()).toHaveLength(33)
      expect(await catalog.write(tx => removeEvaluations(tx, 'd1'))).toBe(11)
      expect(await catalog.write(tx => removeEvaluations(tx, 'd1'))).toBe(0)
      expect(new Set((await listEvaluations(catalog.db)).map(({ dataset }) => dataset))).toEqual(new Set(['d0', 'd2']))
    })

    it('a removed version takes its history with it, and gets none any more', async () => {
      const [one, two] = [await published('a/a'), await published('b/b')]
      await record('wine', [measured(one.id, 0.5), measured(two.id, 0.25)])
      await removeVersion(catalog, 'a/a@1')
      expect(await listed()).toEqual(['wine b/b@1 0.25'])
      expect(await record('beer', [measured(one.id, 0.5), measured(two.id, 0.75)])).toEqual({
        recorded: 1,
        outdated: 0,
      })
      expect(await listed()).toEqual(['beer b/b@1 0.75', 'wine b/b@1 0.25'])
      expect((await meanElsewhere(catalog.db)).get('a/a@1')).toBeUndefined()
    })

    it.each([
      ['a value above 1', measured(1, 1.5)],
      ['a value that is no number', measured(1, NaN)],
      ['no rows', { ...measured(1, 1), rows: 0 }],
      ['a score that is no number', { ...measured(1, 1), scores: { fit: NaN } }],
    ])('%s is refused', async (_, evaluation) => {
      await published('a/a')
      await expect(record('wine', [evaluation])).rejects.toThrow(code('USAGE'))
      await expect(record('', [])).rejects.toThrow(code('USAGE'))
      expect(await listed()).toEqual([])
    })

    it('two catalogs that record at once lose nothing', async () => {
      const other = await open(hub)
      const { id } = await published('a/a')
      const writers = [catalog, other].map(async (writer, w) => {
        for (let i = 0; i < 10; i++) {
          await writer.write(tx => recordEvaluations(tx, batch(`d${i}`, [measured(id, w / 2)])))
          await writer.write(tx => recordEvaluations(tx, batch(`of ${w}: ${i}`, [measured(id, 0.25)])))
        }
      })
      await Promise.all(writers)
      await other.close()
      expect(await listed()).toHaveLength(30)
    })

    describe('the mean elsewhere', () => {
      const means = async (target: Parameters<typeof meanElsewhere>[1]) =>
        Object.fromEntries(await meanElsewhere(catalog.db, target))

      it('leaves out the target, by data or by name, and what is the version’s own', async () => {
        const [one, two, none] = [await published('a/a'), await published('b/b'), await published('c/c')]
        await record('red', [measured(one.id, 1, true), measured(two.id, 0.5)])
        await record('white', [measured(one.id, 0.25), measured(two.id, 0.75)])
        await record('rosé', [measured(one.id, 0.5), measured(none.id, 1, true)])
        const all = { 'a/a@1': { mean: 0.375, datasets: 2 }, 'b/b@1': { mean: 0.625, datasets: 2 } }
        expect(await means({})).toEqual(all)
        expect(await means({ name: 'green', sha256: sha256('green') })).toEqual(all)
        const butWhite = { 'a/a@1': { mean: 0.5, datasets: 1 }, 'b/b@1': { mean: 0.5, datasets: 1 } }
        expect(await means({ name: 'white' })).toEqual(butWhite)
        expect(await means({ sha256: sha256('white') })).toEqual(butWhite)
        expect(await means({ name: 'white', sha256: sha256('red') })).toEqual({ 'a/a@1': { mean: 0.5, datasets: 1 } })
      })

      it('is of what most datasets were measured by, of accuracies where as many were', async () => {
        const { id } = await published('a/a')
        const recordF1 = (name: string, value: number) =>
          catalog.write(tx => recordEvaluations(tx, { ...batch(name, [measured(id, value)]), metric: 'f1' }))
        await recordF1('wine', 0.5)
        expect(await means({})).toEqual({ 'a/a@1': { mean: 0.5, datasets: 1 } })
        await record('beer', [measured(id, 0.75)])
        expect(await means({})).toEqual({ 'a/a@1': { mean: 0.75, datasets: 1 } })
        await recordF1('water', 0.25)
        expect(await means({})).toEqual({ 'a/a@1': { mean: 0.375, datasets: 2 } })
      })
    })
  })
}
