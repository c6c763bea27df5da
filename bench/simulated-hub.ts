import { join } from 'node:path'
import { readdirSync } from 'node:fs'
import { seededRandom, type Random } from '../src/common/random.ts'
import { sketchData } from '../src/hub/index.ts'
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
/** Below it a count is drawn as the Poisson variable it is, above as a normal one. */
const FEW = 8

/** A hub that exists only as a rule: model number n is the same whenever and wherever it is made. */
export interface SimulatedHub {
  /** Feature f occupies the columns [offsets[f], offsets[f+1]). */
  readonly offsets: Uint32Array
  /** Whole datasets of the real tables, shape (tables × bins). */
  readonly tables: readonly Float32Array[]
  /** Whole dataset of a model, shape (bins). */
  model(ordinal: number): Float32Array
  /** A target: what a model of some family might have been trained on, but none was. */
  target(ordinal: number, models: number): Float32Array
}

/**
 * Simulates a hub from the sensor tables of data/har. A family of 20 models mixes two tables, (1 − w) P + w Q with w in
 * [0, ½], and warps the ranks of each feature, u → u^γ; a model of it warps them once more, a little, and draws 200 to
 * 10,000 rows (log-uniform), so that its counts are Poisson variables. Half of each warp is common to all features.
 *
 * @param bins intervals of a reference feature; one more counts missing values
 */
export async function simulatedHub(shared: string, { seed, bins }: { readonly seed: number; readonly bins: number }) {
  const { tables, offsets } = await realTables(shared, bins)
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
  const hub: SimulatedHub = {
    offsets,
    tables,
    model: ordinal => member(Math.floor(ordinal / FAMILY), seededRandom(seed ^ (2 * ordinal + 1_000_003))),
    target: (ordinal, models) => {
      const random = seededRandom(seed ^ (0x4000_0000 + ordinal))
      return member(Math.floor((random() * models) / FAMILY), random)
    },
  }
  return hub
}

async function realTables(shared: string, bins: number) {
  const folder = join(shared, 'data/har')
  const names = readdirSync(folder).filter(name => name.startsWith('dsads') && name.endsWith('.parquet'))
  const sketches: Sketch[] = []
  for (const name of names.sort()) {
    const options = { exclude: ['segment', 'label'], partitions: [] }
    sketches.push((await sketchData([join(folder, name)], options)).sketch)
  }
  const slotOf = Int32Array.from(sketches[0].features.keys())
  const members = sketches.map(sketch => ({ sketch, slotOf }))
  const domain = withBins(foundSlots(EMPTY_DOMAIN, slotOf, members), sketches.slice(0, FOUNDERS), bins)
  const columns = blockColumns(domain, slotOf)
  const tables = sketches.map(sketch => datasetBlocks(sketch, slotOf, domain, columns).whole.values)
  return { tables, offsets: columns.offsets }
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
function warp(
  values: Float64Array,
  offsets: Uint32Array,
  { random, deviation }: { readonly random: Random; readonly deviation: number },
): Float64Array {
  const normal = gaussian(random)
  const common = normal()
  const warped = values.slice()
  const logs: number[] = []
  for (let f = 0; f + 1 < offsets.length; f++) {
    const [from, bins] = [offsets[f], offsets[f + 1] - offsets[f] - 1]
    const exponent = Math.exp((deviation * (common + normal())) / Math.SQRT2)
    let [before, passed, below] = [0, 0, 0]
    for (let k = 0; k < bins; k++) {
      logs[k] ??= Math.log((k + 1) / bins)
      const at = k + 1 === bins ? bins : bins * Math.exp(exponent * logs[k])
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
