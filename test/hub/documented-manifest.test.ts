import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readManifest } from '../../src/hub/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'modelhub-manifest-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('docs/manifest.md shows a manifest that is read as it says', async () => {
  const text = readFileSync(new URL('../../docs/manifest.md', import.meta.url), 'utf8')
  const path = join(folder, 'zoo.yaml')
  writeFileSync(path, /^```yaml\n([\s\S]*?)^```$/m.exec(text)![1])
  const [penguins, visits, sensors, ...others] = await readManifest(path)
  expect(penguins).toMatchObject({ folder: join(folder, 'penguins') })
  expect(visits).toMatchObject({
    folder: join(folder, 'visits'),
    name: 'acme/visits',
    data: [join(folder, 'data/visits-2024.csv'), join(folder, 'data/visits-2025.csv')],
    dataOptions: { label: 'outcome', exclude: ['patient_id'], types: { zip: 'categorical' } },
  })
  expect(sensors).toMatchObject({ sketch: join(folder, 'sketches/sensors.sketch.parquet') })
  expect(others).toEqual([])
})
