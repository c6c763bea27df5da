import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { runModelhub } from './run-modelhub.ts'

/** A CSV file of `x` uniform over [shift, shift + 1) and `y` uniform over [0, 1), and its sketch. */
async function sketchOf(folder: string, name: string, { rows = 400, shift = 0, seed = 1, flags = [] as string[] }) {
  const random = seededRandom(seed)
  const lines = Array.from({ length: rows }, () => `${random() + shift},${random()},${random() < 0.5 ? 'red' : 'blue'}`)
  const [csv, sketch] = [join(folder, `${name}.csv`), join(folder, `${name}.sketch.parquet`)]
  writeFileSync(csv, ['x,y,colour', ...lines].join('\n'))
  const { exitCode, stderr } = await runModelhub(['sketch', csv, '-o', sketch, ...flags])
  expect(stderr).toContain('profile default')
  expect(exitCode).toBe(0)
  return sketch
}

describe('modelhub sketch diff', () => {
  it('shows the drifted feature first, as a table and as JSON', async () => {
    const folder = temporaryFolder()
    const [a, b] = [await sketchOf(folder, 'a', {}), await sketchOf(folder, 'b', { shift: 0.5, seed: 2 })]
    const asJson = await runModelhub(['sketch', 'diff', a, b, '--json'])
    const diff = JSON.parse(asJson.stdout) as { features: { feature: string; psi: number }[] }
    expect(diff.features.map(({ feature }) => feature)[0]).toBe('x')
    expect(diff.features[0].psi).toBeGreaterThan(0.25)
    const table = await runModelhub(['sketch', 'diff', a, b], { NO_COLOR: '1' })
    expect(table.exitCode).toBe(0)
    expect(table.stdout).toMatch(/x +0\.\d{4} +\d+\.\d{3} +large +[▁▂▃▄▅▆▇█ ]+/)
    expect(table.stdout).not.toContain(String.fromCharCode(27))
  })

  it('names a file that is not there', async () => {
    const { exitCode, stderr } = await runModelhub(['sketch', 'diff', 'no.sketch.parquet', 'none.sketch.parquet'])
    expect(exitCode).toBe(4)
    expect(stderr).toContain('FILE_NOT_FOUND: no.sketch.parquet')
  })
})
