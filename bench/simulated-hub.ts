import { join } from 'node:path'
import { readdirSync } from 'node:fs'
import { seededRandom, type Random } from '../src/common/random.ts'
import { sketchData } from '../src/hub/index.ts'
import type { PartitionBlock, WholeAndCells } from '../src/divergence/index.ts'
import { gaussian } from '../src/math/gaussian.ts'
import { blockColumns, datasetBlocks } from '../src/sketch/dataset-blocks.ts'
import { referenceBins } from '../src/sketch/reference-bins.ts'
import { EMPTY_DOMAIN, foundSlots, FOUNDERS, type Domain } from '../src/sketch/domain.ts'
import type { Sketch } from '../src/sketch/sketch.ts'

/** Models of one family: retrained on other subjects, seasons, devices. */
const FAMILY = 20
const FEWEST_ROWS = 200
const MOST_ROWS = 10_000
/** Standard deviation of the logarithm of the exponent that ranks are raised to: of a family, of a model in it. */
const FAMILY_WARP = 0.35
const MODEL_WARP = 0.15
const NOISE = 1 << 16
const MOST_CELLS = 32
const ROWS_A_CELL = 60
/** Below it a count is drawn as the Poisson variable it is, above as a normal one. */
const FEW = 8

/** A hub that exists only as a rule: model number n is the same whenever and wherever it is made. */
export interface SimulatedHub {
  /** Feature f occupies the columns [offsets[f], offsets[f+1]). */
  readonly offsets: Uint32Array
  /** The domain that all its datasets belong to. */
  readonly domain: Domain
  /** A sketch of a real table: what the sketches of the datasets have in common. */
  readonly sketch: Sketch
  /** The real tables. */
  readonly real: readonly WholeAndCells[]
  /** Whole dataset of a model, shape (bins). */
  model(ordinal: number): Float32Array
  /** A target: what a model of some family might have been trained on, but none was. */
  target(ordinal: number, models: number): Float32Array
  /** Rows of the same dataset. */
  modelRows(ordinal: number): number
  /** The same dataset as `model`, with its clustered partitions. */
  modelParts(ordinal: number): WholeAndCells
  /** The same dataset as `target`, with its clustered partitions. */
  targetParts(ordinal: number, models: number): WholeAndCells
}

/** What the cells of a simulated dataset are made of. */
interface Ingredients {
  /** Its whole histograms, shape (bins). */
  readonly whole: Float32Array
  /** The cells of its family. */
  readonly pool: readonly WeightedCell[]
  readonly offsets: Uint32Array
}

/** A cell's density and its share of the rows. */
interface WeightedCell {
  readonly values: Float64Array
  readonly weight: number
}

/**
 * Cells of a family: those of its two tables, warped as it is.
 *
 * @param family the random numbers that the family's density was drawn by
 */
function familyCells(cells: readonly PartitionBlock[], offsets: Uint32Array, family: Random): WeightedCell[] {
  const [one, other] = [0, 0].map(() => cells[Math.floor(family() * cells.length)])
  const share = family() / 2
  const places = warpPlaces(offsets, warpExponents(offsets, { random: family, deviation: FAMILY_WARP }))
  return [...weighted(one, 1 - share), ...weighted(other, share)]
    .filter(({ weight }) => weight > 0)
    .map(({ values, weight }) => ({ values: warpTo(Float64Array.from(values), offsets, places), weight }))
}

/**
 * Cells of a simulated dataset: those of its family, warped as the dataset is, neighbours joined into as many as its rows
 * allow. The whole's counts are dealt out to them, so that they add up to it.
 *
 * @param own the random numbers that the dataset was drawn by
 */
function simulatedCells({ whole, pool, offsets }: Ingredients, own: Random): WholeAndCells {
  const places = warpPlaces(offsets, warpExponents(offsets, { random: own, deviation: MODEL_WARP }))
  const rows = rowsDrawn(own)
  const count = Math.min(pool.length, Math.max(1, Math.min(MOST_CELLS, Math.round(rows / ROWS_A_CELL))))
  const groups = Array.from({ length: count }, () => new Float64Array(whole.length))
  const warped = new Float64Array(whole.length)
  pool.forEach(({ values, weight }, i) => {
    warpTo(values, offsets, places, warped)
    const group = groups[Math.floor((i * count) / pool.length)]
    for (let b = 0; b < warped.length; b++) group[b] += weight * warped[b]
  })
  return dealt({ whole, offsets, rows }, groups, own)
}

/** How many rows a dataset has, drawn after its warp. */
function rowsDrawn(random: Random): number {
  return Math.round(FEWEST_ROWS * (MOST_ROWS / FEWEST_ROWS) ** random())
}

function weighted({ values, rows, partitions }: PartitionBlock, share: number) {
  const [width, total] = [values.length / partitions, rows.reduce((sum, n) => sum + n, 0)]
  return Array.from(rows, (n, cell) => ({
    values: values.subarray(cell * width, (cell + 1) * width),
    weight: (share * n) / total,
  }))
}

/** Deals a whole's counts out to cells in proportion to their densities, each count rounded up or down at random. */
function dealt(
  { whole, offsets, rows }: { readonly whole: Float32Array; readonly offsets: Uint32Array; readonly rows: number },
  groups: readonly Float64Array[],
  random: Random,
): WholeAndCells {
  const values = new Float32Array(groups.length * whole.length)
  const mean = groups.map(group => group.reduce((sum, p) => sum + p, 0) / (offsets.length - 1))
  for (let b = 0; b < whole.length; b++) {
    const p = whole[b]
    let density = 0
    for (const group of groups) density += group[b]
    for (let cell = 0; cell < groups.length; cell++) {
      const expected = density > 0 ? (rows * p * groups[cell][b]) / density : rows * p * mean[cell]
      values[cell * whole.length + b] = Math.floor(expected + random())
    }
  }
  const cellRows = Float64Array.from(mean, weight => Math.max(1, Math.round(rows * weight)))
  for (let cell = 0; cell < groups.length; cell++) {
    normalise(values.subarray(cell * whole.length, (cell + 1) * whole.length), offsets, groups[cell])
  }
  const block = (partitions: number, of: Float32Array, counts: Float64Array): PartitionBlock => {
    return { partitions, offsets, values: of, rows: counts }
  }
  return { whole: block(1, whole, Float64Array.of(rows)), clustered: block(groups.length, values, cellRows) }
}

/** Counts to probabilities, feature by feature; a feature without any takes the density that it was drawn from. */
function normalise(counts: Float32Array, offsets: Uint32Array, density: Float64Array): void {
  for (let f = 0; f + 1 < offsets.length; f++) {
    const [from, to] = [offsets[f], offsets[f + 1]]
    let [total, mass] = [0, 0]
    for (let b = from; b < to; b++) {
      total += counts[b]
      mass += density[b]
    }
    for (let b = from; b < to; b++) counts[b] = total > 0 ? counts[b] / total : density[b] / mass
  }
}

/**
 * Simulates a hub from the sensor tables of data/har. A family of 20 models mixes two tables, (1 − w) P + w Q with w in
 * [0, ½], and warps the ranks of each feature, u → u^γ; a model of it warps them once more, a little, and draws 200 to
 * 10,000 rows (log-uniform), so that its counts are Poisson variables. Half of each warp is common to all features.
 *
 * @param bins intervals of a reference feature; one more counts missing values
 */
export async function simulatedHub(shared: string, { seed, bins }: { readonly seed: number; readonly bins: number }) {
  const { tables, cells, ...real } = await realTables(shared, bins)
  const { offsets } = real
  const normal = gaussian(seededRandom(seed))
  const noise = Float32Array.from({ length: NOISE }, normal)
  const familyOf = (family: number) => familyDensity(tables, offsets, seededRandom(seed + 7919 * (family + 1)))
  let last: { readonly family: number; readonly values: Float64Array } | undefined
  const member = (family: number, random: Random): Float32Array => {
    if (last?.family !== family) last = { family, values: familyOf(family) }
    const warped = warp(last.values, offsets, { random, deviation: MODEL_WARP })
    const rows = FEWEST_ROWS * (MOST_ROWS / FEWEST_ROWS) ** random()
    return resample(warped, offsets, { rows, random, noise })
  }
  let lastCells: { readonly family: number; readonly pool: readonly WeightedCell[] } | undefined
  const parts = (family: number, random: () => Random): WholeAndCells => {
    const whole = member(family, random())
    if (lastCells?.family !== family) {
      lastCells = { family, pool: familyCells(cells, offsets, seededRandom(seed + 7919 * (family + 1))) }
    }
    return simulatedCells({ whole, pool: lastCells.pool, offsets }, random())
  }
  const randomOfModel = (ordinal: number) => seededRandom(seed ^ (2 * ordinal + 1_000_003))
  const ofTarget = (ordinal: number, models: number) => {
    const random = seededRandom(seed ^ (0x4000_0000 + ordinal))
    return { family: Math.floor((random() * models) / FAMILY), random }
  }
  const hub: SimulatedHub = {
    ...real,
    model: ordinal => member(Math.floor(ordinal / FAMILY), randomOfModel(ordinal)),
    target: (ordinal, models) => {
      const { family, random } = ofTarget(ordinal, models)
      return member(family, random)
    },
    modelRows: ordinal => {
      const random = randomOfModel(ordinal)
      warpExponents(offsets, { random, deviation: MODEL_WARP })
      return rowsDrawn(random)
    },
    modelParts: ordinal => parts(Math.floor(ordinal / FAMILY), () => randomOfModel(ordinal)),
    targetParts: (ordinal, models) => parts(ofTarget(ordinal, models).family, () => ofTarget(ordinal, models).random),
  }
  return hub
}

async function realTables(shared: string, bins: number) {
  const folder = join(shared, 'data/har')
  const names = readdirSync(folder).filter(name => name.startsWith('dsads') && name.endsWith('.parquet'))
  const sketches: Sketch[] = []
  for (const name of names.sort()) {
    const options = { exclude: ['segment', 'label'] }
    sketches.push((await sketchData([join(folder, name)], options)).sketch)
  }
  const slotOf = Int32Array.from(sketches[0].features.keys())
  const members = sketches.map(sketch => ({ sketch, slotOf }))
  const domain = withBins(foundSlots(EMPTY_DOMAIN, slotOf, members), sketches.slice(0, FOUNDERS), bins)
  const columns = blockColumns(domain, slotOf)
  const blocks = sketches.map(sketch => datasetBlocks(sketch, slotOf, domain, columns))
  const tables = blocks.map(({ whole }) => whole.values)
  const cells = blocks.map(({ clustered }) => clustered)
  return { tables, cells, real: blocks, offsets: columns.offsets, domain, sketch: sketches[0] }
}

function withBins({ slots }: Domain, founders: readonly Sketch[], bins: number): Domain {
  return {
    slots: slots.map((slot, f) => ({
      ...slot,
      reference: referenceBins(
        founders.map(({ features, partitions }) => ({ bins: features[f].bins, counts: partitions[0].counts[f] })),
        bins,
      ),
    })),
  }
}

function familyDensity(tables: readonly Float32Array[], offsets: Uint32Array, random: Random): Float64Array {
  const [one, other] = [0, 0].map(() => tables[Math.floor(random() * tables.length)])
  const share = random() / 2
  const mixed = Float64Array.from(one, (p, b) => (1 - share) * p + share * other[b])
  return warp(mixed, offsets, { random, deviation: FAMILY_WARP })
}

/** G(u) = F(u^γ) of every feature, F linear within a bin; the last bin, missing values, stays. */
function warp(values: Float64Array, offsets: Uint32Array, drawn: WarpDraw): Float64Array {
  return warpTo(values, offsets, warpPlaces(offsets, warpExponents(offsets, drawn)))
}

interface WarpDraw {
  readonly random: Random
  readonly deviation: number
}

/** γ of every feature. */
function warpExponents(offsets: Uint32Array, { random, deviation }: WarpDraw): Float64Array {
  const normal = gaussian(random)
  const common = normal()
  return Float64Array.from({ length: offsets.length - 1 }, () =>
    Math.exp((deviation * (common + normal())) / Math.SQRT2),
  )
}

/** Where each bin's upper edge lands, of every feature: it is the same for all that a warp is applied to. */
function warpPlaces(offsets: Uint32Array, exponents: Float64Array): Float64Array {
  const places = new Float64Array(offsets[offsets.length - 1])
  const logs: number[] = []
  for (let f = 0; f + 1 < offsets.length; f++) {
    const [from, bins] = [offsets[f], offsets[f + 1] - offsets[f] - 1]
    for (let k = 0; k < bins; k++) {
      logs[k] ??= Math.log((k + 1) / bins)
      places[from + k] = k + 1 === bins ? bins : bins * Math.exp(exponents[f] * logs[k])
    }
  }
  return places
}

function warpTo(
  values: Float64Array,
  offsets: Uint32Array,
  places: Float64Array,
  warped = new Float64Array(values.length),
): Float64Array {
  warped.set(values)
  for (let f = 0; f + 1 < offsets.length; f++) {
    const [from, bins] = [offsets[f], offsets[f + 1] - offsets[f] - 1]
    let [before, passed, below] = [0, 0, 0]
    for (let k = 0; k < bins; k++) {
      const at = places[from + k]
      while (passed + 1 <= at && passed < bins) below += values[from + passed++]
      const reached = passed < bins ? below + (at - passed) * values[from + passed] : below
      warped[from + k] = Math.max(0, reached - before)
      before = reached
    }
  }
  return warped
}

interface Draw {
  readonly rows: number
  readonly random: Random
  readonly noise: Float32Array
}

function resample(values: Float64Array, offsets: Uint32Array, { rows, random, noise }: Draw): Float32Array {
  const counts = new Float32Array(values.length)
  let place = Math.floor(random() * NOISE)
  for (let f = 0; f + 1 < offsets.length; f++) {
    let total = 0
    for (let b = offsets[f]; b < offsets[f + 1]; b++) {
      const mean = rows * values[b]
      if (mean === 0) continue
      place = (place + 1) & (NOISE - 1)
      counts[b] = mean < FEW ? poisson(mean, random) : Math.max(0, Math.round(mean + Math.sqrt(mean) * noise[place]))
      total += counts[b]
    }
    for (let b = offsets[f]; b < offsets[f + 1]; b++) counts[b] = total > 0 ? counts[b] / total : values[b]
  }
  return counts
}

function poisson(mean: number, random: Random): number {
  let [count, probability] = [0, Math.exp(-mean)]
  let rest = random() - probability
  while (rest > 0 && count < 4 * FEW) {
    probability *= mean / ++count
    rest -= probability
  }
  return count
}
