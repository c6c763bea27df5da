import type { FrontMatter } from '../../src/model/index.ts'

/** A card's front matter for the golden model `gemm`: 5 columns, 3 labels. */
export const frontMatter: FrontMatter = {
  license: 'apache-2.0',
  tags: ['tabular'],
  modelhub: {
    name: 'ada/wine',
    input: {
      kind: 'table',
      tensors: [{ name: 'x', shape: ['N', 5], type: 'float32' }],
      columns: ['a', 'b', 'c', 'd', 'e'],
      normalisation: { kind: 'standard', mean: [0, 0, 0, 0, 0], std: [1, 1, 1, 1, 1] },
    },
    labels: ['red', 'rosé', 'white'],
  },
}
