import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MaskedBlock } from '../../src/retrieval/index.ts'
import { DomainSegments, type CodedDomain, type SegmentEntry } from '../../src/segments/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { caughtCode } from '../caught-code.ts'

const SIZE = 12
const FEATURES = Uint32Array.of(0, 1)
const domainOf = (features: number): CodedDomain => ({
  domain: 1,
  offsets: Uint32Array.from({ length: features + 1 }, (_, f) => 16 * f),
  references: Array.from({ length: features }, (_, f) => f + 1),
})
const MEMBERS = { ids: Uint32Array.from({ length: SIZE }, (_, i) => i), contents: new Uint32Array(SIZE) }

/** A folder with one segment of a dozen datasets. */
async function written() {
  const folder = temporaryFolder()
  const segments = DomainSegments.open(folder, domainOf(2))
  const block = new MaskedBlock(segments.shape.offsets)
  const entries = Array.from(MEMBERS.ids, (id): SegmentEntry => {
    const values = new Float32Array(32)
    values[id] = 1
    values[16 + ((5 * id) % 16)] = 1
    return { id, content: 0, ...block.code(values, FEATURES) }
  })
  await segments.append(each(entries))
  segments.close()
  for (const entry of entries) block.append(entry)
  return { folder, block }
}

async function* each<T>(all: readonly T[]): AsyncGenerator<T> {
  for (const one of all) yield await Promise.resolve(one)
}

/** Changes one of the merged codes of the last dataset. */
function damage(folder: string): void {
  const path = join(folder, readdirSync(folder)[0])
  const bytes = readFileSync(path)
  bytes[bytes.length - 16 - bytes.readUInt32LE(bytes.length - 16) - 24 * SIZE - 16] ^= 0x10
  writeFileSync(path, bytes)
}

describe('DomainSegments', () => {
  it.each([2, 6])(
    'reads what was written, through a window and in memory, for a domain of %d features',
    async count => {
      const { folder, block: expected } = await written()
      const segments = DomainSegments.open(folder, domainOf(count))
      const { block } = segments.load()
      const query = (rows: { readonly stride: number }) =>
        Int16Array.from({ length: rows.stride }, (_, c) => (c < expected.merged.offsets[2] ? 3 * c + 1 : 7))
      expect(segments.coverage(MEMBERS).missing).toHaveLength(0)
      expect(block.rows.products(query(block.rows))).toEqual(expected.rows.products(query(expected.rows)))
      await block.rows.settle()
      segments.close()
      expect(block.rows.products(query(block.rows))).toEqual(expected.rows.products(query(expected.rows)))
    },
  )

  it('opening reads no codes; damaged ones are found out by the first who asks, however he does', async () => {
    const asks: readonly ((block: MaskedBlock) => unknown)[] = [
      block => block.rows.products(new Int16Array(block.rows.stride)),
      block => block.rows.codes(),
      block => block.rows.each(Uint32Array.of(7), () => undefined),
    ]
    for (const ask of asks) {
      const { folder } = await written()
      damage(folder)
      const segments = DomainSegments.open(folder, domainOf(2))
      const { block } = segments.load()
      expect(segments.unused).toEqual([])
      expect(caughtCode(() => ask(block))).toBe('FILE_DAMAGED')
      expect(readdirSync(folder)).toEqual([])
      segments.close()
    }
  })

  it('neither come damaged ones into memory', async () => {
    const { folder } = await written()
    damage(folder)
    const segments = DomainSegments.open(folder, domainOf(2))
    await expect(segments.load().block.rows.settle()).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
    expect(readdirSync(folder)).toEqual([])
    segments.close()
  })

  it('damaged files are named, and left to whoever makes them anew', async () => {
    const { folder } = await written()
    damage(folder)
    const segments = DomainSegments.open(folder, domainOf(2))
    expect(segments.damaged()).toMatchObject([{ reason: 'damaged' }])
    expect(segments.size).toBe(0)
    expect(readdirSync(folder)).toHaveLength(1)
  })
})
