import { describe, expect, it } from 'vitest'
import { diffSketches } from '../../src/sketch/diff-sketches.ts'
import { decodeBins, encodeBins } from '../../src/sketch/domain-codec.ts'
import { EMPTY_DOMAIN, foundSlots, slotsOfNewcomer } from '../../src/sketch/domain.ts'
import { keyId, stringHasher } from '../../src/sketch/key-id.ts'
import { makeSketch } from '../../src/sketch/make-sketch.ts'
import { mergeSketches } from '../../src/sketch/merge-sketches.ts'
import { privacyReceipt } from '../../src/sketch/privacy-receipt.ts'
import { readSketch } from '../../src/sketch/read-sketch.ts'
import { stringHash } from '../../src/sketch/string-hash.ts'
import { writeSketch } from '../../src/sketch/write-sketch.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/keyed-hashes.json' with { type: 'json' }
import { tableOf } from './table-of.ts'

const KEY = Uint8Array.from(golden.key.match(/../g)!, byte => Number.parseInt(byte, 16))
const FEATURES = [
  { name: 'colour', type: 'categorical' as const },
  { name: 'words', type: 'text' as const },
  { name: 'height', type: 'numeric' as const },
]
const ROWS = Array.from({ length: 90 }, (_, i) => i)
const COLUMNS = [
  ROWS.map(i => ['red', 'green', 'blue'][i % 3]),
  ROWS.map(i => `lorem ${['ipsum', 'dolor'][i % 2]}`),
  Float64Array.from(ROWS),
]
const sketched = (key?: Uint8Array) => makeSketch(tableOf(FEATURES, COLUMNS), { key })

describe('stringHasher', () => {
  it.each(golden.cases)(`is that of the ${golden.peer}: $text`, ({ text, hash }) => {
    const hasher = stringHasher(KEY)
    expect([hasher(text), hasher(text)]).toEqual([hash, hash])
  })

  it('is the public hash without a key, and refuses a key under 16 bytes', () => {
    expect(stringHasher(undefined)('red')).toBe(stringHash('red'))
    expect(caughtCode(() => stringHasher(new Uint8Array(15)))).toBe('OUT_OF_RANGE')
  })
})

describe('a sketch made with a key', () => {
  it(`notes the key id, which is that of the ${golden.peer}, and not the key`, async () => {
    expect(keyId(KEY)).toBe(golden.keyId)
    const bytes = writeSketch(await sketched(KEY))
    const back = await readSketch(bytes, 'keyed')
    expect(back).toEqual(await sketched(KEY))
    expect(privacyReceipt(back, bytes.length).keyId).toBe(golden.keyId)
    expect(Buffer.from(bytes).includes(Buffer.from(KEY))).toBe(false)
  })

  it('holds no public hash of a category or word, not in its signatures either', async () => {
    const { features } = await sketched(KEY)
    const held = features.slice(0, 2).flatMap(({ bins, signature }) => {
      return [...(bins.kind === 'nominal' ? bins.hashes : []), ...signature]
    })
    for (const word of ['red', 'green', 'blue', 'lorem', 'ipsum', 'dolor']) expect(held).not.toContain(stringHash(word))
    expect(held).toContain(stringHasher(KEY)('red'))
  })

  it('does not match categories and words of another key or none, and says so; numbers match', async () => {
    const [keyed, other, open] = [await sketched(KEY), await sketched(new Uint8Array(16)), await sketched()]
    expect(diffSketches(keyed, keyed)).toMatchObject({ features: { length: 3 }, notes: [] })
    for (const side of [other, open]) {
      const diff = diffSketches(keyed, side)
      expect(diff.features.map(({ feature }) => feature)).toEqual(['height'])
      expect(diff.onlyInSecond).toEqual(['colour', 'words'])
      expect(diff.notes).toHaveLength(1)
      expect(caughtCode(() => mergeSketches([keyed, side]))).toBe('USAGE')
    }
    expect(mergeSketches([keyed, keyed]).keyId).toBe(golden.keyId)
  })

  it('takes slots of its own in a domain of public hashes, and finds them again', async () => {
    const [keyed, open] = [await sketched(KEY), await sketched()]
    const openSlots = slotsOfNewcomer(EMPTY_DOMAIN, open)
    const domain = foundSlots(EMPTY_DOMAIN, openSlots, [{ sketch: open, slotOf: openSlots }])
    const slotOf = slotsOfNewcomer(domain, keyed)
    expect(Array.from(slotOf)).toEqual([3, 4, 2])
    const grown = foundSlots(domain, slotOf, [
      { sketch: open, slotOf: openSlots },
      { sketch: keyed, slotOf },
    ])
    const stored = { slots: grown.slots.map(slot => ({ ...slot, reference: decodeBins(encodeBins(slot.reference)) })) }
    expect(Array.from(slotsOfNewcomer(stored, keyed))).toEqual([3, 4, 2])
    expect(Array.from(slotsOfNewcomer(stored, open))).toEqual([0, 1, 2])
  })
})
