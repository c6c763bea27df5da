import { throwIfCancelled } from '../common/modelhub-error.ts'
import type { Embeddings } from './embeddings.ts'
import { type MatrixEngine, plainEngine } from './matrix-engine.ts'
import { rowBlocks, type RowSelection } from './row-blocks.ts'

/** How long work on matrices is done. */
export interface MatrixWork {
  /** Multiplies the large matrices; plain TypeScript when left out. */
  readonly engine?: MatrixEngine
  readonly signal?: AbortSignal
}

/**
 * XᵀX of the chosen rows less the mean, shape (dimensions, dimensions); rows·dimensions² multiplications of the engine.
 *
 * @throws CANCELLED between two blocks of rows, once the signal is aborted
 */
export async function dimensionGram(
  embeddings: Embeddings,
  { mean, rows, engine = plainEngine, signal }: Omit<RowSelection, 'perBlock'> & MatrixWork = {},
): Promise<Float64Array> {
  const sum = new Float64Array(embeddings.dimensions ** 2)
  for (const block of rowBlocks(embeddings, { mean, rows })) {
    throwIfCancelled(signal, 'Gram matrix')
    const part = await engine.gram(block)
    for (let i = 0; i < sum.length; i++) sum[i] += part[i]
  }
  return sum
}

/** XXᵀ of the chosen rows less the mean, shape (rows, rows); meant for fewer rows than dimensions. */
export async function rowGram(
  embeddings: Embeddings,
  { mean, rows, engine = plainEngine, signal }: Omit<RowSelection, 'perBlock'> & MatrixWork = {},
): Promise<Float64Array> {
  throwIfCancelled(signal, 'Gram matrix')
  const [all] = rowBlocks(embeddings, { mean, rows, perBlock: rows?.length ?? embeddings.rows })
  return engine.matmulTransposed(all, all)
}
