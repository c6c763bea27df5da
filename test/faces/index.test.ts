import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { folderOf, modelsOf, TARGET } from '../hub/sensor-hub.ts'
import { runCli } from './run-cli.ts'

it('searches by an index, shows it, makes it anew and tunes it', async () => {
  const [hub, page] = [temporaryFolder(), join(temporaryFolder(), 'curves.html')]
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli([...args, '--hub', hub])
    expect([args, code, stderr.replace(/^(?:curves written to|warning: lsh).*\n/gm, '')]).toEqual([args, 0, ''])
    return stdout
  }
  const names = [...modelsOf('torso', [1, 2, 3, 4, 5, 6, 7]), ...modelsOf('left_arm', [1, 2, 3, 4, 5, 6, 7])]
  const more = modelsOf('right_leg', [1, 2, 3, 4, 5, 6, 7])
  await run('publish', ...[...names, ...more].map(folderOf))
  const search = (engine: string) => run('search', TARGET, '--metric', 'js', '--top', '3', '--engine', engine)
  const ranking = (text: string) => text.split('\n').filter(line => /^ *\d /.test(line))
  const exact = await search('exact')
  const block = await search('block')
  expect(ranking(exact)).toHaveLength(3)
  expect(ranking(block)).toEqual(ranking(exact))
  expect(exact).toContain('engine exact: 21 of 21 models compared')
  expect(block).toMatch(/engine block: \d+ of 21 models compared; the results are those of comparing all/)
  expect(block).toMatch(
    /left by its bounds: [\d.]+ % by ln 2 · H², [\d.]+ % by JS of merged bins, [\d.]+ % by JS of 8-bit/,
  )
  expect(exact).not.toContain('bounds')
  expect(ranking(await search('auto'))).toEqual(ranking(exact))
  expect(await search('auto')).not.toContain('engine')

  const status = JSON.parse(await run('index', 'status', '--json')) as object
  expect(status).toMatchObject({ folder: join(hub, 'index'), domains: [{ models: 21, indexed: 21, unused: [] }] })
  expect(await run('index', 'status')).toMatch(/models +indexed +segments/)
  expect(await run('index', 'rebuild')).toMatch(/21 +21 +1 /)

  expect(await run('index', 'tune', '--html', page)).toMatch(/sample.*\n.* 21 +21 /)
  const html = readFileSync(page, 'utf8')
  expect(html.match(/<svg/g)).toHaveLength(5)
  expect(html).toContain('Picked: K = ')
  const tuned = JSON.parse(await run('index', 'tune', '--json', '--recall', '0.8')) as { recall: number }
  expect(tuned.recall).toBe(0.8)
  expect(existsSync(join(hub, 'index', 'lsh.json'))).toBe(true)
  expect(JSON.parse(await run('index', 'tune', '--json', '--probes', '6'))).toMatchObject({ probes: 6 })
  expect(JSON.parse(await run('index', 'status', '--json'))).toMatchObject({ domains: [{ lsh: { probes: 6 } }] })
  expect(ranking(await search('lsh')).length).toBe(3)
}, 240_000)

it('refuses what the index cannot do', async () => {
  const hub = temporaryFolder()
  expect((await runCli(['publish', folderOf('dsads/torso_s1'), '--hub', hub])).code).toBe(0)
  const { code, stderr } = await runCli(['search', TARGET, '--metric', 'kl', '--engine', 'block', '--hub', hub])
  expect(code).toBe(2)
  expect(stderr).toContain('modelhub: USAGE: engine: block cannot serve the metric kl (it serves fit and js)')
  expect((await runCli(['index', 'tune', '--recall', '2', '--hub', hub])).code).toBe(2)
  expect((await runCli(['index', 'tune', '--probes', '1.5', '--hub', hub])).code).toBe(2)
  expect((await runCli(['index', 'status', '--hub', join(hub, 'nothing')])).code).toBe(4)
}, 120_000)
