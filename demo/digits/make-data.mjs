// Writes what the recipe trains on and measures with, as IDX files:
//
//   npm run build && node demo/digits/make-data.mjs OUT
//
// OUT/train: 12,000 digits a model, drawn anew for each from the first 55,000 training digits, shifted; OUT/held-out: the
// other 5,000 training digits under the same shift, for the accuracy that the card states; OUT/targets: all test digits.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readDigits, shuffled, writeShifted, writeTarget } from './digits.mjs'
import { MODELS, TARGETS } from './plan.mjs'

const TRAINED_ON = 12_000
const HELD_OUT_FROM = 55_000

const [out] = process.argv.slice(2)
const [train, test] = await Promise.all([readDigits('train'), readDigits('t10k')])
const rows = Array.from(train.labels.keys())
await mkdir(out, { recursive: true })
for (const [number, [name, plan]] of Object.entries(MODELS).entries()) {
  const drawn = shuffled(rows.slice(0, HELD_OUT_FROM), number + 1)
  const seed = 100 + number
  await writeShifted(join(out, 'train'), name, { digits: train, rows: drawn, plan, seed, most: TRAINED_ON })
  await writeShifted(join(out, 'held-out'), name, { digits: train, rows: rows.slice(HELD_OUT_FROM), plan, seed })
}
for (const [name, plan] of Object.entries(TARGETS))
  await writeTarget(join(out, 'targets'), name, { digits: test, plan })
const classesOf = plans => Object.fromEntries(Object.entries(plans).map(([name, { classes }]) => [name, classes]))
await writeFile(join(out, 'plan.json'), JSON.stringify({ models: classesOf(MODELS), targets: classesOf(TARGETS) }))
