import type { Random } from '../common/random.ts'
import type { Points } from './nearest-centroids.ts'

/** Dimensions between two looks at whether a sum is too large already. */
const STRETCH = 16

/**
 * k-means++ seeds (Arthur and Vassilvitskii 2007): points drawn one after another, each with a probability in proportion
 * to its squared distance to the nearest seed so far.
 *
 * @returns shape (at most k, dimensions); fewer than k when there are fewer distinct points
 */
export function seedCentroids(points: Points, k: number, random: Random): Points {
  const { rows, dimensions: d, values } = points
  const chosen = [Math.floor(random() * rows)]
  const distances = new Float64Array(rows).fill(Infinity)
  while (chosen.length < k) {
    const total = lowerDistances(points, chosen[chosen.length - 1], distances)
    if (!(total > 0)) break
    chosen.push(drawByWeight(distances, random() * total))
  }
  const seeds = new Float64Array(chosen.length * d)
  chosen.forEach((row, c) => seeds.set(values.subarray(row * d, row * d + d), c * d))
  return { rows: chosen.length, dimensions: d, values: seeds }
}

/**
 * Lowers each point's squared distance to that to the seed where it is smaller, and gives their sum. A sum of squares
 * only grows, so it is left as soon as it is no smaller.
 */
function lowerDistances({ rows, dimensions: d, values }: Points, seed: number, distances: Float64Array): number {
  const centre = values.slice(seed * d, seed * d + d)
  let total = 0
  for (let row = 0; row < rows; row++) {
    const o = row * d
    const least = distances[row]
    let distance = 0
    for (let start = 0; start < d && distance < least; start += STRETCH) {
      const end = Math.min(d, start + STRETCH)
      for (let i = start; i < end; i++) {
        const difference = values[o + i] - centre[i]
        distance += difference * difference
      }
    }
    if (distance < least) distances[row] = distance
    total += distances[row]
  }
  return total
}

function drawByWeight(weights: Float64Array, target: number): number {
  let sum = 0
  let last = 0
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] === 0) continue
    sum += weights[row]
    last = row
    if (sum > target) return row
  }
  return last
}
