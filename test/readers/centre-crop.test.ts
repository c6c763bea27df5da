import sharp from 'sharp'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { centreCrop, sizeBeforeCrop } from '../../src/readers/centre-crop.ts'
import { openImageRows, type ImageRaster } from '../../src/readers/open-image-rows.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'

describe('the size before a crop', () => {
  it('keeps proportions by the shorter side, the longer one rounded down, or is what is told', () => {
    expect(sizeBeforeCrop({ width: 500, height: 333 }, 256)).toEqual({ width: 384, height: 256 })
    expect(sizeBeforeCrop({ width: 333, height: 500 }, 256)).toEqual({ width: 256, height: 384 })
    expect(sizeBeforeCrop({ width: 7, height: 7 }, 3)).toEqual({ width: 3, height: 3 })
    expect(sizeBeforeCrop({ width: 9, height: 5 }, [20, 30])).toEqual({ width: 30, height: 20 })
  })
})

describe('a centre crop', () => {
  it('takes the middle, the smaller half of an odd margin at the left and at the top', () => {
    const values = Uint8Array.from({ length: 4 * 5 }, (_, i) => i)
    const cut = centreCrop(values, { from: { width: 5, height: 4 }, to: { width: 2, height: 1 }, channels: 1 })
    expect([...cut]).toEqual([6, 7])
    const whole = { width: 5, height: 4 }
    expect(centreCrop(values, { from: whole, to: whole, channels: 1 })).toEqual(values)
  })
})

describe('images that are cropped', () => {
  /** Red at the left third, green in the middle, blue at the right. */
  async function stripes() {
    const path = join(temporaryFolder(), 'stripes.png')
    const pixels = Buffer.from(
      Array.from({ length: 30 * 10 }, (_, i) => [0, 1, 2].map(c => (c === Math.floor((i % 30) / 10) ? 255 : 0))).flat(),
    )
    writeFileSync(
      path,
      await sharp(pixels, { raw: { width: 30, height: 10, channels: 3 } })
        .png()
        .toBuffer(),
    )
    return path
  }

  it.each(['nearest', 'bilinear'] as const)('lose their edges, by %s', async resize => {
    const path = await stripes()
    const colours = async (raster: Partial<ImageRaster>) => {
      const images = await openImageRows([path], { width: 4, height: 4, resize, ...raster })
      for await (const { rgb } of images.rows(() => true)) {
        return [0, 1, 2].map(c => Array.from(rgb).filter((value, i) => i % 3 === c && value > 200).length)
      }
      return []
    }
    // Of 12 × 4 the middle 4 × 4 is green alone; stretched to 4 × 4, every colour is there.
    expect(await colours({ crop: 4 })).toEqual([0, 16, 0])
    expect(await colours({ crop: [4, 12] })).toEqual([0, 16, 0])
    expect((await colours({})).every(count => count > 0)).toBe(true)
  })
})
