import { describe, expect, it } from 'vitest'
import { contentSha256 } from '../../src/catalog/index.ts'
import { sha256 } from './versions.ts'

const content = { card: 'card', onnxSha256: sha256('onnx'), sketchSha256: sha256('sketch') }
const w = { location: 'w', sha256: sha256('w'), sizeBytes: 1 }
const v = { location: 'v', sha256: sha256('v'), sizeBytes: 1 }

describe('the checksum of a content', () => {
  it('is that of the list of checksums', () => {
    expect(contentSha256(content)).toBe(
      sha256(JSON.stringify([sha256('card'), content.onnxSha256, content.sketchSha256, []])),
    )
  })

  it('changes with every part, and with the order of none', () => {
    const others = [
      content,
      { ...content, card: 'Card' },
      { ...content, onnxSha256: content.sketchSha256, sketchSha256: content.onnxSha256 },
      { ...content, files: [w] },
      { ...content, files: [{ ...w, location: 'v' }] },
      { ...content, files: [w, v] },
    ].map(contentSha256)
    expect(new Set(others).size).toBe(6)
    expect(contentSha256({ ...content, files: [v, w] })).toBe(others[5])
  })
})
