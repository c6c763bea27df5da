import { createHash } from 'node:crypto'
import { ModelHubError } from '../common/index.ts'
import type { ElementType } from './element-type.ts'
import type { WrittenNpy } from './npy-writer.ts'

/** One graph input, on disk. */
export interface PreparedTensor {
  /** Name of the graph input. */
  readonly name: string
  /** Name of its .npy file in the folder. */
  readonly file: string
  readonly type: ElementType
  /** Sizes, rows first. */
  readonly shape: readonly number[]
}

/** A dataset made ready for a model: one .npy file for each graph input, in one folder. */
export interface PreparedInputs {
  readonly folder: string
  readonly rows: number
  readonly tensors: readonly PreparedTensor[]
  /** SHA-256, in hex, over names, types, shapes and values: equal exactly when the model is fed the same. */
  readonly sha256: string
}

/** A finished file and the graph input that it is for. */
export interface WrittenInput extends WrittenNpy {
  readonly name: string
  readonly file: string
}

/**
 * The record of files that were written for a model.
 *
 * @param folder where the files lie
 * @param written at least one file; the order does not matter
 * @throws SHAPE when they hold different numbers of rows, or none is given
 */
export function preparedInputs(folder: string, written: readonly WrittenInput[]): PreparedInputs {
  const rows = written[0]?.shape[0]
  const other = written.find(({ shape }) => shape[0] !== rows)
  if (rows === undefined || other !== undefined) {
    const got = written.map(({ name, shape }) => `${name} (${shape.join(', ')})`).join(', ')
    throw new ModelHubError('SHAPE', `prepared inputs: expected equally many rows in each, got ${got || 'no tensor'}`)
  }
  const sorted = [...written].sort((a, b) => (a.name < b.name ? -1 : 1))
  const content = sorted.map(({ name, type, shape, sha256 }) => [name, type, shape, sha256])
  return {
    folder,
    rows,
    tensors: written.map(({ name, file, type, shape }) => ({ name, file, type, shape })),
    sha256: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
  }
}
