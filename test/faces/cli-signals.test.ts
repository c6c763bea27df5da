import { spawn } from 'node:child_process'
import { existsSync, linkSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { csvOf, makeModelFolder, SENSORS, uniformColumns } from '../hub/made-models.ts'
import { CLI, ended, runCli, startCli, type CliRun } from './run-cli.ts'

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Many names of one CSV: as a table they take far longer to sketch than any test waits. */
function writeLongTable(folder: string): void {
  const columns = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, i]))
  writeFileSync(join(folder, 'long-0.csv'), csvOf(uniformColumns(columns, { rows: 50_000 })))
  for (let i = 1; i < 60; i++) linkSync(join(folder, 'long-0.csv'), join(folder, `long-${i}.csv`))
}

/** What a process printed that got a signal after a while; on a slow machine, which had not begun by then, later. */
async function interrupted(
  args: readonly string[],
  given: { readonly folder: string; readonly signal: 'SIGINT' | 'SIGTERM'; readonly delayMs: number },
): Promise<CliRun> {
  const child = startCli(args, given.folder)
  const run = ended(child)
  await pause(given.delayMs)
  child.kill(given.signal)
  const { code } = await run
  return code === null ? interrupted(args, { ...given, delayMs: 2 * given.delayMs }) : run
}

describe('an interrupt', () => {
  it('during a long sketch leaves no file behind and exits 130', async () => {
    const folder = temporaryFolder()
    writeLongTable(folder)
    const before = readdirSync(folder).sort()
    for (const [signal, delayMs] of [
      ['SIGINT', 700],
      ['SIGINT', 2500],
      ['SIGTERM', 1500],
    ] as const) {
      const args = ['sketch', 'long-*.csv', '-o', 'long.sketch.parquet']
      const { code, stdout, stderr } = await interrupted(args, { folder, signal, delayMs })
      expect([code, stdout]).toEqual([130, ''])
      expect(stderr).toMatch(/^modelhub: CANCELLED: .*\n$/)
      expect(readdirSync(folder).sort()).toEqual(before)
    }
  })

  it('while training data are sketched publishes nothing', async () => {
    const folder = temporaryFolder()
    writeLongTable(folder)
    makeModelFolder(folder, { name: 'ada/wine' })
    const args = ['publish', 'ada_wine', '--data', 'long-*.csv', '--hub', 'hub']
    expect(await interrupted(args, { folder, signal: 'SIGINT', delayMs: 1500 })).toMatchObject({
      code: 130,
      stdout: '',
    })
    expect(existsSync(join(folder, 'hub'))).toBe(false)
  })
})

describe('a reader that has seen enough', () => {
  it('ends the output quietly', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'x.csv'), 'a\n1\n')
    expect((await runCli(['publish', join(SENSORS, 'dsads_torso_s1'), '--hub', 'hub'], folder)).code).toBe(0)
    const line = `"${process.execPath}" "${CLI}" show dsads/torso_s1 --hub hub | head -1`
    const shell = spawn('bash', ['-o', 'pipefail', '-c', line], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    expect(await ended(shell)).toEqual({ code: 0, stdout: 'dsads/torso_s1@1\n', stderr: '' })
  })

  it('may be gone before anything is printed', async () => {
    const folder = temporaryFolder()
    expect((await runCli(['publish', join(SENSORS, 'dsads_torso_s1'), '--hub', 'hub'], folder)).code).toBe(0)
    const child = startCli(['show', 'dsads/torso_s1', '--hub', 'hub'], folder)
    const run = ended(child)
    child.stdout!.destroy()
    expect(await run).toMatchObject({ code: 0, stderr: '' })
  })
})
