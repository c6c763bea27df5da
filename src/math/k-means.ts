import type { Random } from '../common/random.ts'
import { lloydDescent } from './lloyd-descent.ts'
import type { Points } from './nearest-centroids.ts'
import { seedCentroids } from './seed-centroids.ts'

/** Descents from different seeds; the tightest one is kept. */
const STARTS = 8

/**
 * Centroids of k clusters.
 *
 * Lloyd's algorithm (1982) from k-means++ seeds (Arthur and Vassilvitskii 2007); the tightest of 8 descents of at most 25
 * iterations. Sums run in row order with + − × ÷ and √ only, so the same points and the same random numbers give the
 * same bits on every platform.
 *
 * @param points shape (rows, dimensions), rows at least 1
 * @param k number of clusters wanted; fewer come back when there are fewer distinct points
 * @returns centroids, shape (at most k, dimensions)
 */
export function kMeans(points: Points, k: number, random: Random): Points {
  const runs = Array.from({ length: STARTS }, () => lloydDescent(points, seedCentroids(points, k, random)))
  return runs.reduce((best, run) => (run.inertia < best.inertia ? run : best)).centroids
}
