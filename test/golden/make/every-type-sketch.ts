/**
 * Makes ../every-type.sketch.parquet: a sketch file as this release writes it, seed 5, of 700 made-up rows.
 *
 * There is no peer for it. It freezes bytes: the test asks that the same rows give the same file on every platform and
 * that every later release can read it. Run: npx tsx test/golden/make/every-type-sketch.ts
 */
import { writeFileSync } from 'node:fs'
import { makeSketch, writeSketch } from '../../../src/sketch/index.ts'
import { everyType, sourceOf } from '../../sketch/sources.ts'

const { features, columns } = everyType(700)
const bytes = writeSketch(await makeSketch(sourceOf(features, columns), { seed: 5 }))
writeFileSync(new URL('../every-type.sketch.parquet', import.meta.url), bytes)
