import { join } from 'node:path'
import { expect } from 'vitest'
import { Hub, loadSketchFile } from '../../src/hub/index.ts'
import { domainFromScratch, searchFromScratch } from './from-scratch.ts'
import { folderOf, SENSORS } from './sensor-hub-folders.ts'

export { folderOf }

/** Names of sensor models of one part of the body. */
export const modelsOf = (part: string, subjects: readonly number[]) =>
  subjects.map(subject => `dsads/${part}_s${subject}`)

/** A sketch to search for. */
export const TARGET = join(SENSORS, 'dsads_torso_s8/train.sketch.parquet')

const sketchOf = async (name: string) => (await loadSketchFile(join(folderOf(name), 'train.sketch.parquet'))).sketch

/** Searches a hub of sensor models, and checks that every model it lists is found as if all were computed from sketches. */
export async function expectWhole(place: string): Promise<string[]> {
  const hub = await Hub.open(place)
  const versions = [...(await hub.list({ all: true }))].sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1))
  const published = await Promise.all(versions.map(async ({ name }) => ({ name, sketch: await sketchOf(name) })))
  const target = await loadSketchFile(TARGET)
  const { results } = await hub.search(target, { top: 1000 })
  await hub.close()
  expect(results.map(({ model, fit }) => [model, fit])).toEqual(
    searchFromScratch(published, target.sketch).map(({ model, score }) => [model, score]),
  )
  expect(domainFromScratch(published).members).toHaveLength(versions.length)
  return versions.map(({ name }) => name).sort()
}
