import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { SENSORS } from '../hub/made-models.ts'
import { runCli } from './run-cli.ts'

const TARGET = join(SENSORS, 'dsads_torso_s8/train.sketch.parquet')

/** A hub of two models, and the command line in its folder with receipts of its own. */
async function scene() {
  const folder = temporaryFolder()
  const kept = join(folder, 'receipts')
  const run = (...args: string[]) => runCli([...args, '--receipts', kept], folder)
  const publish = (...ids: string[]) =>
    runCli(['publish', ...ids.map(id => join(SENSORS, `dsads_${id}`)), '--hub', 'h'], folder)
  expect((await publish('torso_s1', 'left_arm_s1')).code).toBe(0)
  return { folder, kept, run, publish }
}

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)!

describe('receipts', () => {
  it('are named below each search, shown again as printed, done again and compared', async () => {
    const { run, publish } = await scene()
    const search = await run('search', TARGET, '--hub', 'h')
    const first = /^receipt ([0-9a-v]{9}-[0-9a-v]{5})$/.exec(lastLine(search.stdout))![1]
    const shown = await run('receipts', 'show', first.slice(-5))
    expect(shown).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(search.stdout) as string })
    expect(shown.stdout).toMatch(/^\S+: search of .+ UTC\nModelHub \S+, hub h at revision 2, 2 models considered\n/)
    await publish('torso_s2')
    const again = await run('rerun', first)
    expect(again.stdout).toContain('target: the same data\nversions: revision 2 → 3\nmodels added: dsads/torso_s2\n')
    const json = JSON.parse((await run('rerun', 'last', '--json')).stdout) as {
      result: { receipt: string }
      diff: { b: { id: string }; firstChanged: boolean; models: { scoreDifference: number }[] }
    }
    expect(json.diff.firstChanged).toBe(false)
    expect(json.diff.models.map(({ scoreDifference }) => scoreDifference)).toEqual([0, 0, 0])
    expect(json.diff.b.id).toBe(json.result.receipt)
    const diff = await run('diff', first, 'last')
    expect(diff.stdout).toMatch(/\ndsads\/torso_s2 +– +\d /)
    const listed = JSON.parse((await run('receipts', 'list', '--json')).stdout) as { id: string }[]
    expect(listed.map(({ id }) => id)).toHaveLength(3)
    expect([listed[0].id, listed[2].id]).toEqual([json.result.receipt, first])
    expect((await run('receipts', '--most', '2')).stdout).toContain('and 1 older')
  })

  it('of rankings are kept too; JSON names them', async () => {
    const { folder, run } = await scene()
    const refused = await run('rank', TARGET, '--hub', 'h')
    expect(refused.code).not.toBe(0)
    expect((await run('receipts')).stdout).toBe('No receipts are kept.\n')
    const { stdout } = await run('search', TARGET, '--hub', 'h', '--json')
    const { receipt } = JSON.parse(stdout) as { receipt: string }
    expect(readdirSync(join(folder, 'receipts'))).toEqual([`${receipt}.json`])
    const kept = JSON.parse((await run('receipts', 'show', 'last', '--json')).stdout) as { id: string; hub: string }
    expect(kept).toMatchObject({ id: receipt, hub: 'h', keyed: false, options: { metric: 'fit', top: 10 } })
    expect((await run('receipts', 'clear')).stdout).toContain('1 receipts removed')
  })

  it('are not kept where nobody wants them or nothing can be written, and no result is lost for it', async () => {
    const { folder, kept, run } = await scene()
    const without = await run('search', TARGET, '--hub', 'h', '--no-receipt')
    expect(without.stdout).not.toMatch(/^receipt /m)
    expect(() => readdirSync(kept)).toThrow('ENOENT')
    writeFileSync(join(folder, 'file'), '')
    const named = await runCli(['search', TARGET, '--hub', 'h', '--receipts', 'file'], folder)
    expect(named).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('--no-receipt') as string })
    const unknown = await run('rerun', 'zzzz')
    expect(unknown).toMatchObject({ code: 4, stderr: expect.stringContaining('RECEIPT_NOT_FOUND') as string })
  })
})
