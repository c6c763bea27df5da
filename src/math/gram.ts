import { throwIfCancelled } from '../common/modelhub-error.ts'
import { checkFinite, type Embeddings } from './embeddings.ts'
import type { FoundOnce } from './found-once.ts'
import { type Matrix, type MatrixEngine, plainEngine } from './matrix-engine.ts'
import { columnMeans, type ColumnMeans, rowBlocks, type RowSelection } from './row-blocks.ts'

/** How long work on matrices is done. */
export interface MatrixWork {
  /** Multiplies the large matrices; plain TypeScript when left out. */
  readonly engine?: MatrixEngine
  readonly signal?: AbortSignal
  /** What was found of the same embeddings before, so that scores share it; each finds its own when left out. */
  readonly found?: FoundOnce
}

/** Centred rows are kept up to this many numbers, 64 MB, where the work remembers. */
const KEPT_VALUES = 2 ** 24

type Selection = Omit<RowSelection, 'perBlock'> & MatrixWork

/** X less its mean, as the smaller of XᵀX and XXᵀ. Columns that do not vary would add only zeros: they are left out. */
export interface CentredGram extends ColumnMeans {
  /** Whether it is XXᵀ, shape (rows, rows), and not XᵀX, shape (varying, varying). */
  readonly ofRows: boolean
  readonly size: number
  /** Row-major; at least one entry, 0 where nothing varies. */
  readonly values: Float64Array
}

/**
 * The centred Gram matrix of embeddings, found once where the work remembers.
 *
 * @throws OUT_OF_RANGE when a value is NaN or infinite
 */
export function centredGram(embeddings: Embeddings, work: MatrixWork = {}): Promise<CentredGram> {
  const find = async (): Promise<CentredGram> => {
    const { mean, varying } = columnMeans(embeddings)
    // Of numbers that are none, at least one mean is none either.
    if (!mean.every(Number.isFinite)) checkFinite(embeddings.values, embeddings.dimensions, 'embeddings')
    const ofRows = embeddings.rows < varying.length
    const columns = varying.length === 0 ? Int32Array.of(0) : varying
    const values = ofRows
      ? await rowGram(embeddings, { ...work, mean, columns })
      : await sumOfGrams(centredBlocks(embeddings, { mean, varying: columns }, work), columns.length, work)
    return { mean, varying, ofRows, size: ofRows ? embeddings.rows : columns.length, values }
  }
  return work.found?.of(embeddings, 'centred Gram matrix', find) ?? find()
}

/**
 * XᵀX of the chosen rows and columns less the mean, shape (columns, columns); rows·columns² multiplications of the
 * engine.
 *
 * @throws CANCELLED between two blocks of rows, once the signal is aborted
 */
export async function dimensionGram(
  embeddings: Embeddings,
  { engine, signal, ...selection }: Selection = {},
): Promise<Float64Array> {
  const columns = selection.columns?.length ?? embeddings.dimensions
  return sumOfGrams(rowBlocks(embeddings, selection), columns, { engine, signal })
}

async function sumOfGrams(
  blocks: Iterable<Matrix>,
  columns: number,
  { engine = plainEngine, signal }: MatrixWork,
): Promise<Float64Array> {
  const sum = new Float64Array(columns ** 2)
  for (const block of blocks) {
    throwIfCancelled(signal, 'Gram matrix')
    const part = await engine.gram(block)
    for (let i = 0; i < sum.length; i++) sum[i] += part[i]
  }
  return sum
}

/** The rows less their mean, in the columns that vary; kept where the work remembers, unless there are very many. */
export function centredBlocks(
  embeddings: Embeddings,
  { mean, varying }: ColumnMeans,
  { found }: MatrixWork,
): Iterable<Matrix> {
  const isKept = found !== undefined && embeddings.rows * varying.length <= KEPT_VALUES
  const blocks = () => rowBlocks(embeddings, { mean, columns: varying, lasting: isKept })
  return isKept ? found.of(embeddings, 'centred rows', () => [...blocks()]) : blocks()
}

/** XXᵀ of the chosen rows less the mean, shape (rows, rows); meant for fewer rows than dimensions. */
export async function rowGram(
  embeddings: Embeddings,
  { engine = plainEngine, signal, ...selection }: Selection = {},
): Promise<Float64Array> {
  throwIfCancelled(signal, 'Gram matrix')
  const [all] = rowBlocks(embeddings, { ...selection, perBlock: selection.rows?.length ?? embeddings.rows })
  return engine.matmulTransposed(all, all)
}
