/** The rooms of src/, in the order the data flows: a file imports its own room and rooms further left. */
export const LAYERS = [
  ['common'],
  ['math'],
  ['tensors', 'dataset', 'model', 'divergence', 'transferability', 'confidence'],
  ['sketch', 'readers', 'inference'],
  ['catalog', 'retrieval', 'inputs', 'decision'],
  ['search', 'rank', 'segments'],
  ['hub'],
  ['report', 'imports', 'receipts'],
  ['cli'],
]

/** Rooms that touch no file, clock, network or console: they run in a browser as they are. */
export const PURE = [
  'common',
  'math',
  'dataset',
  'model',
  'divergence',
  'transferability',
  'confidence',
  'sketch',
  'retrieval',
  'search',
  'decision',
]
