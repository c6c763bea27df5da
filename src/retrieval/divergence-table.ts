import { fastXLogX } from '../math/fast-x-log-x.ts'
import { LARGEST_CODE } from './root-codes.ts'

const CODES = LARGEST_CODE + 1

/** Divergences of one query from anything that 8-bit codes can say, bin by bin. */
export interface DivergenceTable {
  /** Σ_b f(p_b, q_b) over the query's features, in nats, of the codes that start at a place; nothing is divided. */
  sum(codes: Uint8Array, start: number): number
  /** What a feature adds where the codes of all its bins are 0; 0 for features that the query lacks, shape (features). */
  readonly absent: Float64Array
}

/** Columns of a query's features that follow each other. */
interface Stretch {
  readonly from: number
  readonly to: number
}

/**
 * Prepares the divergences of a query. What a bin adds to the Jensen–Shannon divergence depends on two numbers only, of
 * which the query fixes one and a code gives the other:
 *
 *   f(p, q) = ½ [p ln p + q ln q − (p + q) ln ((p + q) / 2)],   p = (c / 255)²
 *
 * so that a sum of look-ups replaces a sum of logarithms. √Σ f is a metric, of unnormalised measures too (Fuglede and
 * Topsøe 2004), and f(p, q) ≤ ½ (√p − √q)².
 *
 * @param query probabilities, shape (bins)
 * @param offsets feature f occupies the columns [offsets[f], offsets[f+1])
 * @param features numbers of the features that the query has, ascending
 */
export function divergenceTable(
  query: ArrayLike<number>,
  offsets: Uint32Array,
  features: Uint32Array,
): DivergenceTable {
  const kernel = fastXLogX()
  const table = new Float32Array(CODES * offsets[offsets.length - 1])
  const values = Float64Array.from({ length: CODES }, (_, code) => (code / LARGEST_CODE) ** 2)
  const own = values.map(kernel.of)
  const absent = new Float64Array(offsets.length - 1)
  for (const f of features) {
    for (let b = offsets[f]; b < offsets[f + 1]; b++) {
      const q = query[b]
      const ofQuery = kernel.of(q)
      for (let code = 0; code < CODES; code++) {
        const sum = values[code] + q
        const divergence = 0.5 * (own[code] + ofQuery - kernel.of(sum) + Math.LN2 * sum)
        table[b * CODES + code] = divergence > 0 ? divergence : 0
      }
      absent[f] += table[b * CODES]
    }
  }
  const stretches = stretchesOf(offsets, features)
  return { absent, sum: (codes, start) => sumOf(table, stretches, { codes, start }) }
}

function sumOf(
  table: Float32Array,
  stretches: readonly Stretch[],
  { codes, start }: { readonly codes: Uint8Array; readonly start: number },
): number {
  let [first, second, third, fourth] = [0, 0, 0, 0]
  for (const { from, to } of stretches) {
    let b = from
    for (; b + 3 < to; b += 4) {
      const at = start + b
      first += table[(b << 8) | codes[at]]
      second += table[((b + 1) << 8) | codes[at + 1]]
      third += table[((b + 2) << 8) | codes[at + 2]]
      fourth += table[((b + 3) << 8) | codes[at + 3]]
    }
    for (; b < to; b++) first += table[(b << 8) | codes[start + b]]
  }
  return first + second + (third + fourth)
}

function stretchesOf(offsets: Uint32Array, features: Uint32Array): Stretch[] {
  const stretches: Stretch[] = []
  for (const f of features) {
    const last = stretches[stretches.length - 1]
    const joins = last?.to === offsets[f]
    const stretch = { from: joins ? last.from : offsets[f], to: offsets[f + 1] }
    if (joins) stretches[stretches.length - 1] = stretch
    else stretches.push(stretch)
  }
  return stretches
}
