import { describe, expect, it } from 'vitest'
import { imageDescriptor } from '../../src/readers/index.ts'
import { golden } from '../golden-file.ts'

interface Golden {
  readonly tolerance: number
  readonly cases: readonly { name: string; rgb: number[]; descriptor: number[] }[]
}

const { tolerance, cases } = golden<Golden>('image-descriptor.json')
const featureNames = imageDescriptor.features.map(({ name }) => name)

async function describeImage(rgb: Iterable<number>): Promise<Record<string, number>> {
  const columns = await imageDescriptor.columns([Uint8Array.from(rgb)])
  return Object.fromEntries(featureNames.map((name, f) => [name, columns[f][0]]))
}

/** Grey image of 32 × 32 from a function of x and y. */
function grey(value: (x: number, y: number) => number): number[] {
  return Array.from({ length: 32 * 32 * 3 }, (_, i) => value(Math.floor(i / 3) % 32, Math.floor(i / 96)))
}

describe('by hand', () => {
  it('has 224 features with names of their own', () => {
    expect(new Set(featureNames).size).toBe(224)
    expect(featureNames.slice(0, 7)).toEqual([
      'cell_0_0.red_mean',
      'cell_0_0.green_mean',
      'cell_0_0.blue_mean',
      'cell_0_0.red_deviation',
      'cell_0_0.green_deviation',
      'cell_0_0.blue_deviation',
      'cell_0_0.gradient_0',
    ])
  })

  it('one colour has its mean and nothing else', async () => {
    const flat = await describeImage(Array.from({ length: 32 * 32 * 3 }, (_, i) => [255, 51, 0][i % 3]))
    for (const [name, value] of Object.entries(flat)) {
      const expected = name.endsWith('red_mean') ? 1 : name.endsWith('green_mean') ? 0.2 : 0
      expect(value, name).toBeCloseTo(expected, 7)
    }
  })

  it('a step between columns 3 and 4 is a horizontal gradient', async () => {
    const step = await describeImage(grey(x => (x < 4 ? 0 : 255)))
    expect(step['cell_0_0.red_mean']).toBe(0.5)
    expect(step['cell_0_0.red_deviation']).toBe(0.5)
    expect(step['cell_0_0.gradient_0']).toBeCloseTo((2 * 8 * 0.5) / 64, 7) // two columns of 8 pixels, g = ½
    expect(step['cell_0_0.gradient_4']).toBe(0)
    expect(step['cell_0_1.gradient_0']).toBe(0)
  })

  it('a slope has the orientation of its angle, whichever way it rises', async () => {
    const sectors = [grey((_, y) => 4 * y), grey((x, y) => 3 * (x + y)), grey((x, y) => 100 + 3 * (x - y))]
    for (const [i, sector] of [4, 2, 6].entries()) {
      for (const image of [sectors[i], sectors[i].map(value => 255 - value)]) {
        const found = await describeImage(image)
        const gradients = Array.from({ length: 8 }, (_, k) => found[`cell_1_1.gradient_${k}`])
        expect(gradients.findIndex(value => value > 0)).toBe(sector)
        expect(gradients.filter(value => value > 0)).toHaveLength(1)
      }
    }
  })
})

describe('against numpy', () => {
  it.each(cases)('$name', async ({ rgb, descriptor }) => {
    const found = Object.values(await describeImage(rgb))
    descriptor.forEach((value, f) => {
      expect(Math.abs(found[f] - value), featureNames[f]).toBeLessThanOrEqual(tolerance)
    })
  })
})
