import { createHash } from 'node:crypto'
import type { NewVersion } from '../../src/catalog/index.ts'

/** The address of a text as an object. */
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A version to publish, of no domain, whose content follows from `content`. */
export function newVersion(name: string, content: string, change: Partial<NewVersion> = {}): NewVersion {
  return {
    name,
    publishedAt: '2026-01-31T08:00:00.000Z',
    card: `---\nmodelhub: ${content}\n---\n`,
    license: 'mit',
    task: null,
    sourceAccuracy: 0.875,
    onnxSha256: sha256(`onnx ${content}`),
    sketchSha256: sha256(`sketch ${content}`),
    sizeBytes: 6e9,
    opset: 17,
    inputs: [{ name: 'x', type: 'float32', shape: ['N', 5] }],
    outputs: [{ name: 'logits', type: 'float32', shape: [null, 3] }],
    lastDense: 'dense',
    parameters: 3e9,
    domainId: null,
    rows: 1234,
    featureSlots: Int32Array.of(2, 0, -1, 2 ** 31 - 1),
    view: null,
    ...change,
  }
}
