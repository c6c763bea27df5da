import { throwIfCancelled } from '../common/modelhub-error.ts'
import { dot } from './row-products.ts'

/** The value at a point; writes the gradient there. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number

export interface Minimum {
  readonly point: Float64Array
  readonly value: number
  readonly iterations: number
  /** Whether the largest part of the gradient fell below the tolerance. */
  readonly converged: boolean
}

export interface MinimiseOptions {
  /** Largest part of the gradient, in magnitude, at which to stop. Default 10⁻⁶. */
  readonly tolerance?: number
  readonly mostIterations?: number
  readonly signal?: AbortSignal
}

/** Steps whose curvature is remembered. */
const MEMORY = 10

/** Armijo's and the weak Wolfe condition's constants (Nocedal and Wright 2006, p. 38). */
const SUFFICIENT_DECREASE = 1e-4
const CURVATURE = 0.9

/** Halvings and doublings of one line search. */
const MOST_TRIALS = 50

interface State {
  readonly point: Float64Array
  readonly gradient: Float64Array
  readonly value: number
}

interface Step {
  readonly moved: Float64Array
  readonly turned: Float64Array
  readonly inverse: number
}

/**
 * A minimum of a smooth convex function: L-BFGS (Liu and Nocedal 1989) with a bisecting weak Wolfe line search (Lewis
 * and Overton 2013). Deterministic; stops early where rounding leaves no lower point.
 */
export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions = {}): Minimum {
  const { tolerance = 1e-6, mostIterations = 500, signal } = options
  const gradient = new Float64Array(start.length)
  let state: State = { point: start.slice(), gradient, value: objective(start, gradient) }
  const steps: Step[] = []
  let iterations = 0
  while (iterations < mostIterations && largestPart(state.gradient) > tolerance) {
    throwIfCancelled(signal, 'minimisation')
    const next = lineSearch(objective, state, descent(state.gradient, steps))
    if (!next) break
    remember(steps, state, next)
    state = next
    iterations++
  }
  const converged = largestPart(state.gradient) <= tolerance
  return { point: state.point, value: state.value, iterations, converged }
}

function largestPart(gradient: Float64Array): number {
  let largest = 0
  for (const part of gradient) largest = Math.max(largest, Math.abs(part))
  return largest
}

/** The two-loop recursion: −H·g with H the remembered inverse curvature (Nocedal and Wright 2006, Algorithm 7.4). */
function descent(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map(part => -part)
  const shares = new Float64Array(steps.length)
  for (let i = steps.length - 1; i >= 0; i--) {
    shares[i] = steps[i].inverse * dot(steps[i].moved, direction)
    add(direction, steps[i].turned, -shares[i])
  }
  const last = steps.at(-1)
  const scale = last
    ? 1 / (last.inverse * dot(last.turned, last.turned))
    : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)))
  for (let c = 0; c < direction.length; c++) direction[c] *= scale
  for (let i = 0; i < steps.length; i++) {
    add(direction, steps[i].moved, shares[i] - steps[i].inverse * dot(steps[i].turned, direction))
  }
  return direction
}

function add(target: Float64Array, other: Float64Array, factor: number): void {
  for (let c = 0; c < target.length; c++) target[c] += factor * other[c]
}

function lineSearch(objective: Objective, from: State, direction: Float64Array): State | undefined {
  const slope = dot(from.gradient, direction)
  if (!(slope < 0)) return undefined
  let low = 0
  let high = Infinity
  let length = 1
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    const point = from.point.slice()
    add(point, direction, length)
    const gradient = new Float64Array(point.length)
    const value = objective(point, gradient)
    if (!(value <= from.value + SUFFICIENT_DECREASE * length * slope)) high = length
    else if (dot(gradient, direction) < CURVATURE * slope) low = length
    else return { point, gradient, value }
    length = high === Infinity ? 2 * length : (low + high) / 2
  }
  return undefined
}

function remember(steps: Step[], before: State, after: State): void {
  const moved = after.point.map((part, c) => part - before.point[c])
  const turned = after.gradient.map((part, c) => part - before.gradient[c])
  const curvature = dot(moved, turned)
  if (!(curvature > 0)) return
  steps.push({ moved, turned, inverse: 1 / curvature })
  if (steps.length > MEMORY) steps.shift()
}
