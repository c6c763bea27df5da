import type { Point } from './spread-apart.ts'

/** A rectangle on paper, in pixels, by its centre. */
export interface Box extends Point {
  readonly halfWidth: number
  readonly halfHeight: number
}

/** A text that belongs to a point. */
export interface Label extends Point {
  readonly text: string
  /** Written even where it covers something; others are left out then. */
  readonly isNeeded: boolean
}

/** A label with its place: where its text starts, has its middle or ends, and the rectangle that it fills. */
export interface PlacedLabel extends Label {
  readonly at: Point
  readonly anchor: 'start' | 'middle' | 'end'
  readonly box: Box
  /** Far enough from its point for a line between the two. */
  readonly isFar: boolean
}

/** What labels have to keep clear of, and the paper that they have to stay on, from (0, 0). */
export interface Surroundings {
  readonly obstacles: readonly Box[]
  readonly width: number
  readonly height: number
}

/** Pixels, of bold text of 12 px. */
const CHARACTER_WIDTH = 7.4
const HALF_HEIGHT = 8

/** From a point to its label: past the dot, then further out. */
const FIRST_GAP = 13
const FAR_GAPS = [30, 50]

const DIRECTIONS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
] as const

/**
 * Writes labels beside their points so that they cover neither each other nor obstacles: in order, each at the first of
 * eight places around its point that is free. A needed label goes further out, and where nothing is free to the place
 * that covers least; one that is not needed is left out.
 */
export function placeLabels(labels: readonly Label[], surroundings: Surroundings): PlacedLabel[] {
  const placed: PlacedLabel[] = []
  for (const label of labels) {
    const gaps = label.isNeeded ? [FIRST_GAP, ...FAR_GAPS] : [FIRST_GAP]
    const choices = gaps.flatMap(gap => DIRECTIONS.map(direction => placeOf(label, gap, direction)))
    const taken = [...surroundings.obstacles, ...placed.map(({ box }) => box)]
    const costs = choices.map(({ box }) => covered(box, taken) + outside(box, surroundings))
    const least = Math.min(...costs)
    if (least === 0 || label.isNeeded) placed.push(choices[costs.indexOf(least)])
  }
  return placed
}

function placeOf(label: Label, gap: number, [right, up]: readonly [number, number]): PlacedLabel {
  const halfWidth = (label.text.length * CHARACTER_WIDTH) / 2
  const at = {
    x: label.x + right * (up === 0 ? gap : gap * Math.SQRT1_2),
    y: label.y + up * (right === 0 ? gap + HALF_HEIGHT / 2 : gap),
  }
  const box = { x: at.x + right * halfWidth, y: at.y, halfWidth, halfHeight: HALF_HEIGHT }
  const anchor = right === 0 ? 'middle' : right > 0 ? 'start' : 'end'
  return { ...label, at, anchor, box, isFar: gap > FIRST_GAP }
}

/** Area of a box that others cover, pixels². */
function covered(box: Box, others: readonly Box[]): number {
  const overlap = (a: number, b: number, reach: number) => Math.max(0, reach - Math.abs(a - b))
  return others.reduce(
    (sum, other) =>
      sum +
      Math.min(2 * box.halfWidth, overlap(box.x, other.x, box.halfWidth + other.halfWidth)) *
        Math.min(2 * box.halfHeight, overlap(box.y, other.y, box.halfHeight + other.halfHeight)),
    0,
  )
}

/** Area that lies off the paper, pixels²; counted tenfold, since it cannot be read. */
function outside({ x, y, halfWidth, halfHeight }: Box, { width, height }: Surroundings): number {
  const over = (centre: number, half: number, size: number) =>
    Math.max(0, half - centre) + Math.max(0, centre + half - size)
  return 10 * (over(x, halfWidth, width) * 2 * halfHeight + over(y, halfHeight, height) * 2 * halfWidth)
}
