import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { csvOf, SENSORS, uniformColumns } from '../hub/made-models.ts'
import { cataloguedHub } from './catalogued-hub.ts'
import { CLI, runCli } from './run-cli.ts'

/** util-linux's `script` makes a real pseudo-terminal. */
const hasScript = String(spawnSync('script', ['--version']).stdout ?? '').includes('util-linux')
const onTerminal = it.skipIf(!hasScript)

const hub = cataloguedHub()

interface Terminal {
  readonly columns?: number
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** What a pseudo-terminal shows of a shell command; `$M` is modelhub. */
function shown(command: string, { columns = 80, env = {}, cwd }: Terminal = {}): Promise<string> {
  const unset = { NO_COLOR: undefined, FORCE_COLOR: undefined, CI: undefined }
  const child = spawn('script', ['-qec', `stty cols ${columns}; ${command}`, '/dev/null'], {
    cwd,
    env: { ...process.env, ...unset, TERM: 'xterm', M: `${process.execPath} ${CLI}`, SHELL: '/bin/sh', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece))
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', () => resolve(text.replaceAll('\r\n', '\n')))
  })
}

const ESCAPE = '\u001b['
const target = join(SENSORS, 'dsads_torso_s8/train.sketch.parquet')
const lines = (text: string) => text.split('\n').map(line => line.trimEnd())

describe('a table on a terminal (needs script of util-linux)', () => {
  onTerminal('keeps to its width, with every number whole and the names wrapped', async () => {
    const wide = lines((await runCli(['ls', '--hub', hub])).stdout)
    expect(Math.max(...wide.map(line => line.length))).toBeGreaterThan(120)
    for (const columns of [60, 80, 100, 130]) {
      const narrow = lines(await shown(`$M ls --hub ${hub}`, { columns }))
      expect(Math.max(...narrow.map(line => line.length))).toBeLessThanOrEqual(columns)
      for (const size of ['3.0 MB', '5.0 MB', '4.0 MB', '1.0 MB']) expect(narrow.join('\n')).toContain(size)
      const names = narrow
        .slice(1)
        .map(line => line.split('  ')[0])
        .join('')
      expect(names).toContain('acme/a_name_so_long_that_it_needs_more_than_forty_places@1')
    }
  })

  onTerminal('names the columns there is no room for', async () => {
    expect(await shown(`$M ls --hub ${hub}`, { columns: 60 })).toMatch(/^\(too narrow for: .*licence\)$/m)
    expect((await runCli(['ls', '--hub', hub])).stdout).not.toContain('too narrow')
  })

  onTerminal('takes an unknown width for 80', async () => {
    const text = lines(await shown(`$M ls --hub ${hub}`, { columns: 0 }))
    expect(Math.max(...text.map(line => line.length))).toBeLessThanOrEqual(80)
  })
})

describe('colours (needs script of util-linux)', () => {
  const search = () => `$M search ${target} --hub ${hub}`

  onTerminal('are there on a terminal, and gone by NO_COLOR, --no-color or a dumb one', async () => {
    expect(await shown(search())).toContain(ESCAPE)
    expect(await shown(search(), { env: { NO_COLOR: '1', FORCE_COLOR: '1' } })).not.toContain(ESCAPE)
    expect(await shown(`${search()} --no-color`)).not.toContain(ESCAPE)
    expect(await shown(`$M --no-color search ${target} --hub ${hub}`)).not.toContain(ESCAPE)
    expect(await shown(search(), { env: { TERM: 'dumb' } })).not.toContain(ESCAPE)
    expect(await shown(search(), { env: { FORCE_COLOR: '0' } })).not.toContain(ESCAPE)
  })

  onTerminal('do not go into a pipe unless FORCE_COLOR asks for them', async () => {
    expect(await shown(`${search()} | cat`)).not.toContain(ESCAPE)
    expect(await shown(`${search()} | cat`, { env: { CI: 'true' } })).not.toContain(ESCAPE)
    expect(await shown(`${search()} | cat`, { env: { FORCE_COLOR: '1' } })).toContain(ESCAPE)
  })
})

describe('the progress bar (needs script of util-linux)', () => {
  onTerminal('is drawn on a terminal with rate and time left, cleared away, and never in a file', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'train.csv'), csvOf(uniformColumns({ a: 0, b: 10 }, { rows: 3000 })))
    const sketch = '$M sketch train.csv -o out.sketch.parquet'
    const text = await shown(sketch, { cwd: folder })
    expect(text).toMatch(/\d+% \| \d+\/\d+ rows \| \d+\/s \| .* left/)
    // the line is cleared, and the cursor shown again
    expect(text.lastIndexOf('\u001b[?25h')).toBeGreaterThan(text.lastIndexOf('% |'))
    await shown(`${sketch} 2> said.txt`, { cwd: folder })
    expect(readFileSync(join(folder, 'said.txt'), 'utf8')).not.toMatch(/[\r\u001b]|\/s\b/)
  })
})
