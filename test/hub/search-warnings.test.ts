import { describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { loadTarget } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { asTarget, makeModelFolder, SENSORS, sketchColumns, uniformColumns } from './made-models.ts'
import { newHub } from './open-hub.ts'

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error

/** A sketch of features that only this view has. */
async function seenBy(view: string | undefined) {
  const name = view ?? 'plain'
  return { ...(await sketchColumns(uniformColumns({ [`${name} a`]: name.length, [`${name} b`]: 100 }))), view }
}

/** A hub with a model for every view. */
async function hubOfViews(...views: (string | undefined)[]) {
  const { hub } = await newHub()
  const folder = temporaryFolder()
  for (const [i, view] of views.entries()) {
    await hub.publish({ folder: makeModelFolder(folder, { name: `ada/m${i}`, sketch: await seenBy(view) }) })
  }
  const warnings = async (view: string | undefined) => (await hub.search(asTarget(await seenBy(view)))).warnings
  return { hub, warnings }
}

describe('a search warns of models sketched by another view', () => {
  it('of images', async () => {
    const { warnings } = await hubOfViews('pixels', 'descriptor', 'pixels')
    const told =
      'models sketched by view pixels do not compare with a target sketched by view descriptor: ada/m0, ada/m2'
    expect(await warnings('descriptor')).toEqual([told])
    expect(await warnings('pixels')).toHaveLength(1)
    expect(await warnings('encoder:0123456789abcdef')).toHaveLength(2)
  })

  it('of tables, and of tables as they lie only where nothing else is ranked', async () => {
    const { warnings } = await hubOfViews('records', undefined)
    expect(await warnings('text:a,b')).toHaveLength(2)
    expect(await warnings('records')).toEqual([])
    expect(await warnings(undefined)).toEqual([])
    const other = await hubOfViews('records')
    expect(await other.warnings(undefined)).toEqual([
      'models sketched by view records do not compare with a target sketched by view none (a plain table): ada/m0',
    ])
  })

  it('never of images against tables, and names three', async () => {
    const { hub, warnings } = await hubOfViews('pixels', 'pixels', 'pixels', 'pixels', 'pixels')
    expect(await warnings(undefined)).toEqual([])
    expect(await warnings('records')).toEqual([])
    expect((await warnings('descriptor'))[0]).toMatch(/: ada\/m0, ada\/m1, ada\/m2 and 2 more$/)
    expect((await hub.list({ where: "view = 'pixels'" })).length).toBe(5)
  })
})

describe('a search warns of models to leave out that are not there', () => {
  it('with what may be meant', async () => {
    const { hub } = await hubOfViews(undefined)
    const target = asTarget(await seenBy(undefined))
    const { warnings } = await hub.search(target, { excludeModels: ['ada/m0', 'ada/m9', 'bob/zebra'] })
    expect(warnings).toEqual([
      'excludeModels: no model is named ada/m9; did you mean ada/m0?',
      'excludeModels: no model is named bob/zebra',
    ])
    await hub.yank('ada/m0')
    expect((await hub.search(target, { excludeModels: ['ada/m0'] })).warnings).toEqual([])
  })
})

describe('what would have no effect is refused', () => {
  it('the pooled space by explain', async () => {
    const { hub } = await hubOfViews(undefined)
    const target = asTarget(await seenBy(undefined))
    await expect(hub.explain(target, 'ada/m0', { space: 'pooled' })).rejects.toThrow(code('USAGE'))
    await expect(hub.explain(target, 'ada/m0', { space: 'pooled' })).rejects.toThrow('use joint')
    expect((await hub.explain(target, 'ada/m0', { space: 'joint' })).features).toHaveLength(2)
  })

  it('options that decide how data are sketched, given with a sketch', async () => {
    const path = join(SENSORS, 'dsads_torso_s8/train.sketch.parquet')
    for (const [options, name] of [
      [{ label: 'x' }, 'label'],
      [{ exclude: ['x'] }, 'exclude'],
      [{ types: { x: 'text' } }, 'types'],
      [{ key: new Uint8Array(16) }, 'key-file'],
      [{ minCell: 20 }, 'min-cell'],
      [{ view: 'pixels' }, 'view'],
      [{ encoder: 'e.onnx' }, 'encoder'],
      [{ seed: 0 }, 'seed'],
    ] as const) {
      const loading = loadTarget([path], options)
      await expect(loading).rejects.toThrow(code('USAGE'))
      await expect(loading).rejects.toThrow(`${name}: has no effect on ${path}, which is a sketch already`)
    }
    expect((await loadTarget([path], { types: {}, exclude: [], label: undefined })).sketch.rows).toBe(780)
  })
})
