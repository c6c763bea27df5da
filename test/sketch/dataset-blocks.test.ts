import { describe, expect, it } from 'vitest'
import {
  blockColumns,
  datasetBlocks,
  EMPTY_DOMAIN,
  foundSlots,
  makeSketch,
  partitionsOf,
  rebin,
} from '../../src/sketch/index.ts'
import { decodeBlocks, encodeBlocks } from '../../src/sketch/block-codec.ts'
import { decodeBins, decodeSignatures, encodeBins, encodeSignatures } from '../../src/sketch/domain-codec.ts'
import { caughtCode } from '../caught-code.ts'
import { everyType, sourceOf } from './sources.ts'

const { features, columns } = everyType(400)
const sketch = await makeSketch(sourceOf(features, columns))
const domain = foundSlots(EMPTY_DOMAIN, Int32Array.of(0, 1, 2, 3), [{ sketch, slotOf: Int32Array.of(2, 0, 1, 3) }])
const slots = blockColumns(domain, Int32Array.of(2, 0))

describe('datasetBlocks', () => {
  it('puts the slots asked for side by side in ascending order, each rebinned onto its reference', () => {
    const { clustered } = datasetBlocks(sketch, Int32Array.of(2, 0, 1, 3), domain, slots)
    const [first, second] = [0, 2].map(slot => domain.slots[slot].reference)
    const cells = partitionsOf(sketch, 'clustered')
    expect(clustered.partitions).toBe(cells.length)
    expect(Array.from(clustered.rows)).toEqual(cells.map(({ rows }) => rows))
    cells.forEach(({ counts }, row) => {
      const expected = [
        ...rebin({ bins: sketch.features[1].coarseBins, counts: counts[1] }, first),
        ...rebin({ bins: sketch.features[0].coarseBins, counts: counts[0] }, second),
      ]
      const width = expected.length
      expect(Array.from(clustered.values.subarray(row * width, (row + 1) * width))).toEqual(expected.map(Math.fround))
    })
  })

  it('leaves a slot that the sketch lacks at 0', () => {
    const { whole } = datasetBlocks(sketch, Int32Array.of(-1, 0, -1, -1), domain, slots)
    expect(whole.values.subarray(slots.offsets[1]).every(value => value === 0)).toBe(true)
    expect(whole.values.subarray(0, slots.offsets[1]).some(value => value > 0)).toBe(true)
  })
})

describe('stored blocks and domains', () => {
  const blocks = datasetBlocks(sketch, Int32Array.of(2, 0, 1, 3), domain, slots)
  const signatures = Uint32Array.from({ length: 256 }, (_, i) => i * 0x1000001)

  it('come back as they were, also from the middle of a buffer', () => {
    const { layout, bytes } = encodeBlocks({ blocks, signatures })
    const shifted = new Uint8Array(bytes.length + 1)
    shifted.set(bytes, 1)
    expect(decodeBlocks(layout, bytes, slots)).toEqual({ blocks, signatures })
    expect(decodeBlocks(layout, shifted.subarray(1), slots)).toEqual({ blocks, signatures })
    expect(caughtCode(() => decodeBlocks(layout, bytes.subarray(4), slots))).toBe('HUB_DAMAGED')
  })

  it('keep bins and signatures', () => {
    for (const { reference, signatures: own } of domain.slots) {
      expect(decodeBins(JSON.parse(JSON.stringify(encodeBins(reference))))).toEqual(reference)
      expect(decodeSignatures(encodeSignatures(own))).toEqual(own)
    }
  })
})
