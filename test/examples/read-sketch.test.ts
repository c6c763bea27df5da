import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readSketch } from '../../src/sketch/index.ts'

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url))
const sketchFile = path('test/golden/every-type.sketch.parquet')
const python = process.env.MODELHUB_PYTHON ?? 'python3'
const hasPandas = runs(python, ['-c', 'import pandas, pyarrow, numpy'])

function runs(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What the examples print, from the sketch as we read it. */
async function expected(): Promise<string> {
  const { rows, profile, partitions, features } = await readSketch(readFileSync(sketchFile), sketchFile)
  const lines = features.map(({ name, type }, f) => {
    const counts = partitions[0].counts[f]
    const counted = counts.reduce((sum, n) => sum + n, 0)
    return `${name} (${type}): ${counted} counted in ${counts.filter(n => n > 0).length} bins`
  })
  return [`${rows} rows, profile ${profile}, ${partitions.length} partitions`, ...lines, ''].join('\n')
}

describe('the examples that read a sketch', () => {
  it('print what it holds, with DuckDB', async () => {
    const printed = execFileSync(process.execPath, [path('examples/read-sketch-with-duckdb.mjs'), sketchFile], {
      encoding: 'utf8',
    })
    expect(printed).toBe(await expected())
  })

  it.skipIf(!hasPandas)('needs python3 with pandas and pyarrow: print what it holds, with pandas', async () => {
    const printed = execFileSync(python, [path('examples/read-sketch-with-pandas.py'), sketchFile], {
      encoding: 'utf8',
    })
    expect(printed.replaceAll('\r\n', '\n')).toBe(await expected())
  })
})

describe('the sketch that docs/sketch-format.md writes', () => {
  it.skipIf(!hasPandas)('needs python3 with pandas and pyarrow: is one', async () => {
    const [, program] = /```python\n([^]*?)```/.exec(readFileSync(path('docs/sketch-format.md'), 'utf8'))!
    const folder = mkdtempSync(join(tmpdir(), 'sketch-format-'))
    try {
      execFileSync(python, ['-c', program], { cwd: folder })
      const sketch = await readSketch(readFileSync(join(folder, 'five-rows.sketch.parquet')), 'five-rows')
      expect(sketch.partitions).toEqual([{ kind: 'whole', rows: 5, counts: [Uint32Array.of(3, 1, 1)] }])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
