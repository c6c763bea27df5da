/** A point on paper, in pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

const ROUNDS = 200
/** Pushed this little too far, so that rounding leaves no overlap. */
const SLACK = 1e-3
/** Angle between successive directions in which coinciding points are pushed: all differ. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

/**
 * Moves points that lie nearer to each other than `distance` apart, in rounds in which every such pair pushes each other
 * by half of what is missing. Points that are far enough from all others stay where they are.
 *
 * @param points positions, in pixels
 * @returns positions, in the same order; where room is tight some pairs may stay nearer than `distance`
 */
export function spreadApart(points: readonly Point[], distance: number): Point[] {
  const moved = points.map(({ x, y }) => ({ x, y }))
  for (let round = 0; round < ROUNDS; round++) {
    let pushed = false
    for (let i = 0; i < moved.length; i++) {
      for (let j = i + 1; j < moved.length; j++) pushed = push(moved[i], moved[j], { distance, angle: j }) || pushed
    }
    if (!pushed) break
  }
  return moved
}

interface Pushing {
  readonly distance: number
  /** Which direction coinciding points take. */
  readonly angle: number
}

function push(a: { x: number; y: number }, b: { x: number; y: number }, { distance, angle }: Pushing): boolean {
  const apart = Math.hypot(b.x - a.x, b.y - a.y)
  if (apart >= distance) return false
  const [dx, dy] =
    apart > 0
      ? [(b.x - a.x) / apart, (b.y - a.y) / apart]
      : [Math.cos(angle * GOLDEN_ANGLE), Math.sin(angle * GOLDEN_ANGLE)]
  const step = (distance - apart) / 2 + SLACK
  a.x -= dx * step
  a.y -= dy * step
  b.x += dx * step
  b.y += dy * step
  return true
}
