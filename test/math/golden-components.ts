import type { Embeddings } from '../../src/math/embeddings.ts'
import { golden } from '../golden-file.ts'

interface Case {
  readonly name: string
  readonly hundredths: readonly (readonly number[])[]
  readonly pca: {
    readonly count: number
    readonly explainedVariance: readonly number[]
    readonly components: readonly (readonly number[])[]
    readonly firstProjected: readonly (readonly number[])[]
  }
}

/** Rows of numbers as embeddings. */
export const embeddingsOf = (rows: readonly (readonly number[])[]): Embeddings => ({
  rows: rows.length,
  dimensions: rows[0].length,
  values: Float32Array.from(rows.flat()),
})

/** Embeddings with their principal components by scikit-learn. */
export const goldenComponents = golden<{ readonly cases: readonly Case[] }>('transferability-more.json').cases.map(
  ({ name, hundredths, pca }) => ({
    name,
    pca,
    embeddings: embeddingsOf(hundredths.map(row => row.map(v => v / 100))),
  }),
)
