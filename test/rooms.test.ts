import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

interface Cruised {
  readonly modules: readonly { readonly source: string }[]
  readonly violations: readonly {
    readonly from: string
    readonly to: string
    readonly rule: { readonly name: string }
  }[]
}

const root = fileURLToPath(new URL('..', import.meta.url))
const load = (path: string) => import(new URL(path, import.meta.url).href) as Promise<unknown>
const { LAYERS, PURE } = (await load('../layers.mjs')) as { LAYERS: string[][]; PURE: string[] }
const { cruiseRooms } = (await load('../scripts/cruise-rooms.mjs')) as { cruiseRooms(root: string): Promise<Cruised> }

const folder = mkdtempSync(join(tmpdir(), 'modelhub-rooms-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the rooms', () => {
  it('are the folders under src, each listed once', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory())
    expect(LAYERS.flat().sort()).toEqual(folders.map(({ name }) => name).sort())
    expect(LAYERS.flat()).toEqual(expect.arrayContaining(PURE))
  })

  it('stand in the table of ARCHITECTURE.md, each with its layer and whether it is pure', () => {
    const rows = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').matchAll(
      /^\| (\d+) \| `(\w+)` \| .* \| (yes|no) \|$/gm,
    )
    const told = Array.from(rows, ([, layer, room, pure]) => ({ room, layer: Number(layer), pure: pure === 'yes' }))
    const expected = LAYERS.flatMap((rooms, i) =>
      rooms.map(room => ({ room, layer: i + 1, pure: PURE.includes(room) })),
    )
    const byName = (a: { room: string }, b: { room: string }) => a.room.localeCompare(b.room)
    expect(told.sort(byName)).toEqual(expected.sort(byName))
  })

  it('hold all of src but its front door', () => {
    const loose = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(entry => entry.isFile())
    expect(loose.map(({ name }) => name)).toEqual(['index.ts'])
  })

  it('are all cruised, and keep the rule', async () => {
    const { modules, violations } = await cruiseRooms(root)
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts'))
      .map(path => `src/${path.replaceAll('\\', '/')}`)
    expect(modules.map(({ source }) => source).sort()).toEqual(files.sort())
    expect(violations).toEqual([])
  })
})

describe('the rule', () => {
  let cruised: Cruised

  beforeAll(async () => {
    const planted = {
      'math/rightward.ts': `import { table } from '../catalog/table.ts'\nexport const rightward = table`,
      'math/type-only.ts': `import type { Table } from '../catalog/table.ts'\nexport const typeOnly: Table[] = []`,
      'catalog/table.ts': `export type Table = number\nexport const table: Table = 1`,
      'model/sibling.ts': `import { one } from '../divergence/one.ts'\nexport const sibling = one`,
      'divergence/one.ts': `import { readFileSync } from 'node:fs'\nexport const one = readFileSync`,
      'search/round.ts': `import { about } from './about.ts'\nexport const round = (): number => about()`,
      'search/about.ts': `import { round } from './round.ts'\nexport const about = (): number => round()`,
      'hub/alone.ts': `export const alone = 1`,
      'cli/main.ts': `import { alone } from '../catalog/table.ts'\nexport const main = alone`,
    }
    for (const [path, text] of Object.entries(planted)) {
      const file = join(folder, 'src', path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `${text}\n`)
    }
    cruised = await cruiseRooms(folder)
  })

  it.each([
    ['an import from a room further right', 'math-imports-only-leftward', 'src/math/rightward.ts'],
    ['such an import of a type', 'math-imports-only-leftward', 'src/math/type-only.ts'],
    ['an import from a sibling', 'model-imports-only-leftward', 'src/model/sibling.ts'],
    ['a pure room that reads files', 'pure-rooms-do-no-io', 'src/divergence/one.ts'],
    ['files that import each other', 'no-circular', 'src/search/about.ts'],
    ['a file that nobody imports', 'no-orphans', 'src/hub/alone.ts'],
  ])('refuses %s', (_, name, from) => {
    const found = cruised.violations.map(violation => `${violation.rule.name}: ${violation.from}`)
    expect(found).toContain(`${name}: ${from}`)
  })

  it('allows imports from rooms further left', () => {
    expect(cruised.modules.map(({ source }) => source)).toContain('src/cli/main.ts')
    expect(cruised.violations.map(({ from }) => from)).not.toContain('src/cli/main.ts')
  })
})

describe('the drawing of the rooms', () => {
  const script = join(root, 'scripts/draw-rooms.mjs')

  it('in ARCHITECTURE.md is current (npm run drawing)', () => {
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it('that is out of date is told, and drawn anew', () => {
    const file = join(folder, 'ARCHITECTURE.md')
    const stale = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').replace('  common --> math\n', '')
    writeFileSync(file, stale)
    expect(spawnSync(process.execPath, [script, '--check', file]).status).toBe(1)
    expect(readFileSync(file, 'utf8')).toBe(stale)
    execFileSync(process.execPath, [script, file])
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'))
  })
})
