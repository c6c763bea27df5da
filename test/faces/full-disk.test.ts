import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { runCli, runLimited } from './run-cli.ts'

const zoo = fileURLToPath(new URL('../../demo/sensors', import.meta.url))
const model = (subject: number) => join(zoo, `dsads_left_arm_s${subject}`)

const allFiles = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' })

describe.runIf(process.platform !== 'win32')('on a disk that is full', () => {
  it('publishing says so, and leaves the hub as it was', async () => {
    const hub = join(temporaryFolder(), 'hub')
    expect((await runCli(['publish', model(1), '--hub', hub])).code).toBe(0)
    const before = await runCli(['ls', '--hub', hub, '--json'])

    const { code, stdout, stderr } = await runLimited(['publish', model(2), '--hub', hub], 20)
    expect([code, stdout]).toEqual([74, ''])
    expect(stderr).toMatch(/^modelhub: WRITE_FAILED: .*: cannot be written: /)
    expect((await runCli(['ls', '--hub', hub, '--json'])).stdout).toBe(before.stdout)
    expect(allFiles(hub).filter(name => name.includes('tmp-'))).toEqual([])
    expect((await runCli(['publish', model(2), '--hub', hub])).code).toBe(0)
  })

  it('the catalog that cannot grow says so, and leaves the hub as it was', async () => {
    const hub = join(temporaryFolder(), 'hub')
    for (const subject of [1, 2]) expect((await runCli(['publish', model(subject), '--hub', hub])).code).toBe(0)
    const before = await runCli(['ls', '--hub', hub, '--json'])
    const kib = Math.ceil(statSync(join(hub, 'catalog.sqlite')).size / 1024) + 64

    const { code, stderr } = await runLimited(['publish', model(3), '--hub', hub], kib)
    expect(code).toBe(74)
    expect(stderr).toMatch(/^modelhub: WRITE_FAILED: hub: cannot be written: /)
    expect((await runCli(['ls', '--hub', hub, '--json'])).stdout).toBe(before.stdout)
    expect((await runCli(['publish', model(3), '--hub', hub])).code).toBe(0)
  })

  it('a report that cannot be written leaves the one before', async () => {
    const folder = temporaryFolder()
    const hub = join(folder, 'hub')
    expect((await runCli(['publish', model(1), '--hub', hub])).code).toBe(0)
    const target = join(model(2), 'train.sketch.parquet')
    const page = join(folder, 'report.html')
    expect((await runCli(['search', target, '--hub', hub, '--html', page])).code).toBe(0)
    const before = readFileSync(page, 'utf8')

    const { code, stderr } = await runLimited(['search', target, '--hub', hub, '--html', page], 40)
    expect(code).toBe(74)
    expect(stderr).toContain('WRITE_FAILED')
    expect(readFileSync(page, 'utf8')).toBe(before)
    expect(readdirSync(folder).sort()).toEqual(['hub', 'report.html'])
  })
})
