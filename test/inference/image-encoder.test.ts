import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { sketchData } from '../../src/hub/index.ts'
import { ImageEncoder } from '../../src/inference/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { modelBytes, node, value, type GraphParts } from '../onnx-models.ts'

/** The mean of each channel of 2 × 2 pixels. */
const MEANS: GraphParts = {
  inputs: [value('image', ['N', 3, 2, 2])],
  outputs: [value('means', ['N', 3, 1, 1])],
  nodes: [node('GlobalAveragePool', ['image'], ['means'])],
}

function encoderFile(parts: GraphParts, folder = temporaryFolder()): string {
  const path = join(folder, 'encoder.onnx')
  writeFileSync(path, modelBytes(parts))
  return path
}

describe('ImageEncoder', () => {
  it('gives the outputs of its graph as features, by hand', async () => {
    const encoder = await ImageEncoder.open(encoderFile(MEANS))
    expect(encoder).toMatchObject({ width: 2, height: 2, name: expect.stringMatching(/^encoder:[0-9a-f]{16}$/) })
    expect(encoder.features.map(({ name }) => name)).toEqual(['encoder[0]', 'encoder[1]', 'encoder[2]'])
    const halfRed = Uint8Array.of(255, 0, 0, 255, 0, 0, 0, 0, 51, 0, 0, 51)
    const columns = await encoder.columns([halfRed, new Uint8Array(12).fill(255)])
    expect(columns.map(column => [...column])).toEqual([
      [0.5, 1],
      [0, 1],
      [expect.closeTo(0.1, 6), 1],
    ])
    await encoder.close()
  })

  it('takes more images than run at once', async () => {
    const encoder = await ImageEncoder.open(encoderFile(MEANS))
    const images = Array.from({ length: 150 }, (_, i) => new Uint8Array(12).fill(i))
    const [red] = await encoder.columns(images)
    expect([...red].map(mean => Math.round(mean * 255))).toEqual(images.map((_, i) => i))
    await encoder.close()
  })

  it.each([
    ['an input that is no image', { ...MEANS, inputs: [value('image', ['N', 4])] }, 'MODEL_MISMATCH'],
    ['images of one channel', { ...MEANS, inputs: [value('image', ['N', 1, 2, 2])] }, 'MODEL_MISMATCH'],
    [
      'an output of one number for all images',
      { ...MEANS, outputs: ['all'], nodes: [node('ReduceMean', ['image'], ['all'], { keepdims: 0 })] },
      'MODEL_MISMATCH',
    ],
  ] as [string, GraphParts, string][])('refuses %s', async (_, parts, code) => {
    const path = encoderFile({
      ...parts,
      outputs: parts.outputs.map(one => (typeof one === 'string' ? one : one.name!)),
    })
    await expect(ImageEncoder.open(path)).rejects.toMatchObject({ code })
  })

  it('refuses a file that is not there, and one that is no model', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'text.onnx'), 'no model')
    await expect(ImageEncoder.open(join(folder, 'none.onnx'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    await expect(ImageEncoder.open(join(folder, 'text.onnx'))).rejects.toMatchObject({ code: 'MODEL_INVALID' })
  })

  it('sketches images by its outputs', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'images'))
    for (let i = 0; i < 40; i++) {
      const create = { width: 4, height: 4, channels: 3 as const, background: { r: 6 * i, g: 0, b: 255 } }
      await sharp({ create })
        .png()
        .toFile(join(folder, 'images', `${i}.png`))
    }
    const { sketch } = await sketchData([join(folder, 'images')], { encoder: encoderFile(MEANS, folder) })
    expect(sketch.rows).toBe(40)
    expect(sketch.features.map(({ name }) => name)).toEqual(['encoder[0]', 'encoder[1]', 'encoder[2]'])
    expect(sketch.view).toMatch(/^encoder:[0-9a-f]{16}$/)
  })
})
