import { seededRandom } from '../src/common/random.ts'

/** A model that others are told apart by. */
export interface Pivot {
  readonly model: number
  /** √JS of every model from it, shape (models). */
  readonly roots: Float64Array
}

/** Which models, how many of them, and what is stored for one. */
export interface PivotChoice {
  readonly models: number
  readonly count: number
  /** √JS of every model from one of them, shape (models). */
  readonly rootsTo: (model: number) => Float64Array
}

/** More than the error of a root of JS, whose logarithms come from a table. */
export const ROOT_SLACK = 1e-4

/** Models drawn at random, each once. */
export function drawnPivots({ models, count, rootsTo }: PivotChoice, seed: number): Pivot[] {
  const random = seededRandom(seed)
  const drawn = new Set<number>()
  while (drawn.size < count) drawn.add(Math.floor(random() * models))
  return [...drawn].map(model => ({ model, roots: rootsTo(model) }))
}

/** Each the model whose nearest pivot is farthest; the first is the farthest from model 0. */
export function farthestPivots({ count, rootsTo }: PivotChoice): Pivot[] {
  const pivots: Pivot[] = []
  let nearest = rootsTo(0)
  while (pivots.length < count) {
    const model = nearest.indexOf(nearest.reduce((most, root) => Math.max(most, root)))
    const roots = rootsTo(model)
    nearest = pivots.length === 0 ? roots : nearest.map((root, i) => Math.min(root, roots[i]))
    pivots.push({ model, roots })
  }
  return pivots
}

/**
 * Lower bounds of √JS(q, m) by the triangle: max_p |√JS(q, p) − √JS(m, p)|, shape (models).
 *
 * @param js exact divergences of the query from every model; a bound above its root is an error
 */
export function pivotBounds(js: Float64Array, pivots: readonly Pivot[]): Float64Array {
  return js.map((divergence, m) => {
    const bound = Math.max(...pivots.map(({ model, roots }) => Math.abs(Math.sqrt(js[model]) - roots[m])))
    if (bound > Math.sqrt(divergence) + ROOT_SLACK)
      throw new Error(`model ${m}: the pivots' bound ${bound} exceeds √JS ${Math.sqrt(divergence)}`)
    return bound
  })
}
