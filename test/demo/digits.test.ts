import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { Hub, loadTarget, readManifest } from '../../src/index.ts'
import { onnxRuntime } from '../../src/inference/onnx-runtime.ts'
import { parseModelCard, sourceAccuracy } from '../../src/model/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'

interface Plan {
  readonly about: string
  readonly classes: readonly number[]
}

interface Digits {
  readonly images: Uint8Array
  readonly labels: Uint8Array
}

const zoo = fileURLToPath(new URL('../../demo/digits/', import.meta.url))
const { MODELS, TARGETS } = (await import(`${zoo}plan.mjs`)) as Record<'MODELS' | 'TARGETS', Record<string, Plan>>
const { readDigits, writeTarget } = (await import(`${zoo}digits.mjs`)) as {
  readDigits(part: string): Promise<Digits>
  writeTarget(folder: string, name: string, options: { digits: Digits; plan: Plan; most?: number }): Promise<string>
}
const truth = readFileSync(join(zoo, 'truth.csv'), 'utf8').trim().split('\n')
const accuracyOf = (model: string, target: string) =>
  Number(truth.find(line => line.startsWith(`${model},${target},`))!.split(',')[3])
const targetFiles = async (name: string, most?: number) =>
  writeTarget(temporaryFolder(), name, { digits: await readDigits('t10k'), plan: TARGETS[name], most })

describe('the digits of the demo', () => {
  it('have a folder, a line in the manifest and a truth on every target for each model of the plan', async () => {
    const names = Object.keys(MODELS)
    expect(names.length).toBeGreaterThanOrEqual(10)
    expect(readdirSync(join(zoo, 'models')).sort()).toEqual([...names].sort())
    const manifest = await readManifest(join(zoo, 'zoo.yaml'))
    expect(manifest.map(({ folder }) => folder)).toEqual(names.map(name => join(zoo, 'models', name)))
    const pairs = names.flatMap(model => Object.keys(TARGETS).map(target => `${model},${target},serving_accuracy`))
    expect(truth[0]).toBe('model,target,metric,value')
    expect(truth.slice(1).map(line => line.slice(0, line.lastIndexOf(',')))).toEqual(pairs)
  })

  it.each(Object.entries(MODELS))('%s has a card that says what it knows, and a small file', (name, { classes }) => {
    const card = parseModelCard(readFileSync(join(zoo, 'models', name, 'README.md'), 'utf8'))
    expect(card.frontMatter.modelhub).toMatchObject({
      name: `digits/${name}`,
      input: { kind: 'image', normalisation: { kind: 'scale', factor: 1 / 255 } },
      labels: classes.map(String),
    })
    expect(sourceAccuracy(card)).toBeGreaterThan(0.9)
    expect(card.body.replaceAll('\n', ' ')).toContain(MODELS[name].about)
    expect(statSync(join(zoo, 'models', name, 'model.onnx')).size).toBeLessThan(300_000)
  })

  it.each([
    ['inverted', 'dark_on_light'],
    ['classes_0_4', 'turned_by_20'],
  ])('%s, run on %s, is as accurate as the recipe has measured', async (model, target) => {
    const path = await targetFiles(target)
    const images = readFileSync(path).subarray(16)
    const labels = readFileSync(path.replace('images-idx3', 'labels-idx1'))
    const { InferenceSession, Tensor } = await onnxRuntime()
    const session = await InferenceSession.create(join(zoo, 'models', model, 'model.onnx'))
    const rows = labels.length - 8
    const pixels = Float32Array.from(images, value => value / 255)
    const { logits } = await session.run({ image: new Tensor('float32', pixels, [rows, 1, 28, 28]) })
    const { classes } = MODELS[model]
    const scores = logits.data as Float32Array
    const right = Array.from({ length: rows }, (_, row) => {
      const own = scores.subarray(row * classes.length, (row + 1) * classes.length)
      return classes[own.indexOf(Math.max(...own))] === labels[8 + row]
    }).filter(Boolean)
    expect(right.length / rows).toBeCloseTo(accuracyOf(model, target), 3)
  })

  it('are found: the first of a few models is the one that was trained under the shift of the target', async () => {
    const hub = await Hub.open(join(temporaryFolder(), 'hub'), { create: true })
    const few = ['plain', 'inverted', 'rotated_30', 'shrunk']
    const sources = await readManifest(join(zoo, 'zoo.yaml'))
    for (const source of sources.filter(({ folder }) => few.some(name => folder.endsWith(`/${name}`)))) {
      await hub.publish(source)
    }
    const first = async (target: string) => {
      const { results } = await hub.search(await loadTarget([await targetFiles(target, 300)]))
      return results[0].model
    }
    expect(await first('turned_by_30')).toBe('digits/rotated_30')
    expect(await first('dark_on_light')).toBe('digits/inverted')
    await hub.close()
  })
})
