import { spawn } from 'node:child_process'
import { createWriteStream, readdirSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { csvOf, makeModelFolder, SENSORS, uniformColumns } from '../hub/made-models.ts'
import { CLI, ended, runCli, startCli } from './run-cli.ts'

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** A CSV that takes some seconds to sketch. */
async function writeLongCsv(path: string): Promise<void> {
  const [header, ...rows] = csvOf(
    uniformColumns(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, i])), { rows: 5000 }),
  ).split('\n')
  const block = rows.join('\n')
  const file = createWriteStream(path)
  file.write(`${header}\n`)
  for (let i = 0; i < 60; i++) if (!file.write(block)) await once(file, 'drain')
  file.end()
  await once(file, 'close')
}

describe('an interrupt', () => {
  it('during a long sketch leaves no file behind and exits 130; so does one while publishing data', async () => {
    const folder = temporaryFolder()
    await writeLongCsv(join(folder, 'long.csv'))
    makeModelFolder(folder, { name: 'ada/wine' })
    const before = readdirSync(folder).sort()
    for (const [signal, delay] of [
      ['SIGINT', 700],
      ['SIGINT', 1500],
      ['SIGTERM', 1000],
    ] as const) {
      const child = startCli(['sketch', 'long.csv', '-o', 'long.sketch.parquet'], folder)
      const run = ended(child)
      await pause(delay)
      child.kill(signal)
      const { code, stdout, stderr } = await run
      expect([code, stdout]).toEqual([130, ''])
      expect(stderr).toMatch(/^modelhub: CANCELLED: .*\n$/)
      expect(readdirSync(folder).sort()).toEqual(before)
    }
    const child = startCli(['publish', 'ada_wine', '--data', 'long.csv', '--hub', 'hub'], folder)
    const run = ended(child)
    await pause(1200)
    child.kill('SIGINT')
    expect(await run).toMatchObject({ code: 130, stdout: '' })
    expect((await runCli(['ls', '--json', '--hub', 'hub'], folder)).stdout).toBe('[]\n')
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
