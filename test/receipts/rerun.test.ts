import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadTarget, type DataOptions, type Hub, type SearchOptions } from '../../src/hub/index.ts'
import { diffReceipts, receiptContent, rerun, type Receipt } from '../../src/receipts/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { csvOf, makeModelFolder, sketchColumns, uniformColumns } from '../hub/made-models.ts'
import { newHub } from '../hub/open-hub.ts'

const columns = (start: number, seed = 1) => uniformColumns({ a: start, b: start }, { seed })

async function publish(hub: Hub, within: string, name: string, start: number): Promise<void> {
  const folder = makeModelFolder(within, { name, sketch: await sketchColumns(columns(start)) })
  await hub.publish({ folder })
}

/** A hub of two models, and a target for the first. */
async function scene(): Promise<{ readonly hub: Hub; readonly within: string; readonly target: string }> {
  const { hub } = await newHub()
  const within = temporaryFolder()
  await publish(hub, within, 'x/near', 0)
  await publish(hub, within, 'x/far', 0.7)
  const target = join(within, 'target.csv')
  writeFileSync(target, csvOf(columns(0, 2)))
  return { hub, within, target }
}

async function searched(hub: Hub, target: string, options: DataOptions & SearchOptions): Promise<Receipt> {
  const result = await hub.search(await loadTarget([target], options), options)
  const done = { kind: 'search' as const, hub: 'h', places: [target], options, result }
  return { id: 'first', ...(await receiptContent(done, new Date(0))) }
}

async function again(hub: Hub, receipt: Receipt, options?: Parameters<typeof rerun>[2]): Promise<Receipt> {
  return { id: 'again', ...(await receiptContent({ ...(await rerun(hub, receipt, options)), hub: 'h' }, new Date(1))) }
}

describe('rerun', () => {
  it('of the same target on the same hub changes nothing', async () => {
    const { hub, target } = await scene()
    const before = await searched(hub, target, { metric: 'js', top: 1, t1: 0.25, exclude: [] })
    const diff = diffReceipts(before, await again(hub, before))
    expect(diff).toMatchObject({
      target: { same: true },
      parameters: [],
      versions: [],
      firstChanged: false,
      score: 'js',
    })
    expect(diff.models).toMatchObject([{ model: 'x/near', moved: 0, scoreDifference: 0, evidence: [] }])
  })

  it('tells of other data, other models and what became of the ranks', async () => {
    const { hub, within, target } = await scene()
    const before = await searched(hub, target, {})
    writeFileSync(target, csvOf(columns(0.7, 3)))
    await publish(hub, within, 'x/new', 0.3)
    const diff = diffReceipts(before, await again(hub, before))
    expect(diff.target.same).toBe(false)
    expect(diff.considered.added).toEqual(['x/new'])
    expect(diff.versions.map(({ name }) => name)).toEqual(['revision'])
    expect(diff.firstChanged).toBe(true)
    expect(diff.models.find(({ model }) => model === 'x/far')).toMatchObject({ moved: 1 })
  })

  it('takes the target from another place, and its key', async () => {
    const { hub, within, target } = await scene()
    const key = Buffer.from('a key of sixteen')
    const before = await searched(hub, target, { key })
    const moved = join(within, 'moved.csv')
    writeFileSync(moved, readFileSync(target))
    await expect(rerun(hub, before)).rejects.toMatchObject({ code: 'USAGE' })
    expect(diffReceipts(before, await again(hub, before, { key, places: [moved] })).target.same).toBe(true)
  })
})

describe('receiptContent', () => {
  it('holds checksums, and no key, password or hook', async () => {
    const { hub, target } = await scene()
    const options = {
      key: Buffer.from('a key of sixteen'),
      label: undefined,
      onProgress: () => undefined,
      where: 'opset >= 1',
    }
    const found = await hub.search(await loadTarget([target], options), options)
    const place = 'postgres://ada:secret@db.example.org/hub?objects=/private&password=secret'
    const done = { kind: 'search' as const, hub: place, places: [target, '/no/*.csv'], options, result: found }
    const content = await receiptContent(done, new Date(0))
    expect(JSON.stringify(content)).not.toMatch(/secret|a key of|private/)
    expect(content).toMatchObject({
      hub: 'postgres://ada@db.example.org/hub',
      keyed: true,
      options: { where: 'opset >= 1' },
      target: [
        { place: target, sha256: createHash('sha256').update(readFileSync(target)).digest('hex') },
        { place: '/no/*.csv', sha256: null },
      ],
    })
    expect(Object.keys(content.options)).toEqual(['where'])
    expect(content.result.considered).toEqual(['x/far@1', 'x/near@1'])
  })
})
