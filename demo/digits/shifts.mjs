// What happens to digits between the data that a model is trained on and those that it serves. Each shift is a pure
// function of an image (28 × 28 bytes, 0 is background) and a source of random numbers in [0, 1), and gives a new image.
export const SIDE = 28
const PIXELS = SIDE * SIDE
const CENTRE = (SIDE - 1) / 2

const byte = value => Math.max(0, Math.min(255, Math.round(value)))

/** The value at a place, 0 outside. */
const at = (image, x, y) => (x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : image[y * SIDE + x])

const draw = valueAt => Uint8Array.from({ length: PIXELS }, (_, i) => byte(valueAt(i % SIDE, Math.floor(i / SIDE))))

/** The value between pixels, bilinear. */
function between(image, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [right, down] = [x - left, y - top]
  const upper = (1 - right) * at(image, left, top) + right * at(image, left + 1, top)
  const lower = (1 - right) * at(image, left, top + 1) + right * at(image, left + 1, top + 1)
  return (1 - down) * upper + down * lower
}

/** The most or the least (`choose`) of the values at some offsets. */
const among = (choose, offsets) => image =>
  draw((x, y) => choose(...offsets.map(([dx, dy]) => at(image, x + dx, y + dy))))

const square = (from, to) => {
  const steps = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  return steps.flatMap(dx => steps.map(dy => [dx, dy]))
}

export const untouched = image => Uint8Array.from(image)

/** Dark on light. */
export const inverted = image => image.map(value => 255 - value)

/** Strokes wider by a pixel on each side. */
export const thick = among(Math.max, square(-1, 1))

/** Strokes narrower by one pixel. */
export const thin = among(Math.min, square(0, 1))

/** Turned clockwise about the centre. */
export function rotated(degrees) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  return image =>
    draw((x, y) => {
      const [dx, dy] = [x - CENTRE, y - CENTRE]
      return between(image, CENTRE + cos * dx + sin * dy, CENTRE - sin * dx + cos * dy)
    })
}

/** Leaning to the right, by so many columns a row. */
export const slanted = lean => image => draw((x, y) => between(image, x + lean * (y - CENTRE), y))

/** Near-normal noise on every pixel (a sum of four uniform numbers), of a standard deviation in grey values. */
export const noisy = deviation => (image, random) =>
  image.map(value => byte(value + deviation * Math.sqrt(3) * (random() + random() + random() + random() - 2)))

/** Scaled about the centre, then moved by whole pixels, as far as the digit's frame stays in the picture. */
export function shrunk(factor) {
  const room = Math.floor(((1 - factor) * SIDE) / 2)
  const move = random => Math.floor(random() * (2 * room + 1)) - room
  return (image, random) => {
    const [right, down] = [move(random), move(random)]
    const source = place => CENTRE + (place - CENTRE) / factor
    return draw((x, y) => between(image, source(x - right), source(y - down)))
  }
}

/** Smoothed with the binomial filter (1 4 6 4 1) / 16 in both directions, whose variance is 1 pixel², some times. */
export const blurred = times => image => {
  const smooth = (of, dx, dy) =>
    draw((x, y) =>
      [1, 4, 6, 4, 1].reduce((sum, weight, i) => sum + (weight / 16) * at(of, x + (i - 2) * dx, y + (i - 2) * dy), 0),
    )
  return Array.from({ length: times }).reduce(of => smooth(smooth(of, 1, 0), 0, 1), image)
}

/** Blocks of some pixels, each of one value, their mean. */
export const pixelated = size => image => {
  const start = place => place - (place % size)
  const block = square(0, size - 1)
  return draw(
    (x, y) => block.reduce((sum, [dx, dy]) => sum + at(image, start(x) + dx, start(y) + dy), 0) / block.length,
  )
}

/** Each image under one of several shifts, all equally likely. */
export const oneOf =
  (...shifts) =>
  (image, random) =>
    shifts[Math.floor(random() * shifts.length)](image, random)
