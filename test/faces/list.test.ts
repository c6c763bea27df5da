import { describe, expect, it } from 'vitest'
import { cataloguedHub } from './catalogued-hub.ts'
import { runCli } from './run-cli.ts'

const hub = cataloguedHub()

/** Runs `modelhub ls`, which must succeed and say nothing beside its result. */
async function listed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(['ls', ...args, '--hub', hub])
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

describe('modelhub ls', () => {
  it('finds names by words with wrong letters in them, best first, unless sorted', async () => {
    const models = async (...args: string[]) => (await listed(...args, '--columns', 'model', '--csv')).split('\r\n')
    expect(await models('pengiuns')).toEqual(['model', 'acme/penguins', ''])
    expect(await models('acme/penguin')).toEqual(['model', 'acme/penguins', ''])
    expect((await models('acme', '--sort', 'sizeBytes:desc')).slice(1, 3)).toEqual(['acme/flowers', expect.any(String)])
    expect(await models('s', '--where', "name ~ 'bob/%'")).toEqual(['model', 'bob/torso_s1', ''])
  })

  it('says that nothing resembles a query, and succeeds', async () => {
    const { code, stdout, stderr } = await runCli(['ls', 'xyzzy', '--json', '--hub', hub])
    expect([code, stdout, stderr]).toEqual([0, '[]\n', 'note: no model whose name resembles xyzzy\n'])
  })

  it('sorts and chooses columns, the same in every form', async () => {
    const args = ['--sort', 'sourceAccuracy:desc,name', '--columns', 'version,model,sourceAccuracy']
    const rows = JSON.parse(await listed(...args, '--json')) as object[]
    expect(rows.map(row => Object.keys(row))).toEqual(rows.map(() => ['version', 'model', 'sourceAccuracy']))
    expect(rows.at(-1)).toEqual({ version: 1, model: 'acme/flowers', sourceAccuracy: null })
    const lines = (await listed(...args, '--ndjson')).split('\n')
    expect(lines.pop()).toBe('')
    expect(lines.map(line => JSON.parse(line) as object)).toEqual(rows)
    const csv = (await listed(...args, '--csv')).split('\r\n')
    expect([csv[0], csv[4], csv[5]]).toEqual(['version,model,sourceAccuracy', '1,acme/flowers,', ''])
    expect(await listed(...args)).toMatch(/^version +model +stated accuracy *\n +1 +acme\/penguins@1 +90\.0 %/)
  })

  it('prints CSV that quotes what must be', async () => {
    expect(await listed('flowers', '--columns', 'model,license', '--csv')).toBe(
      'model,license\r\nacme/flowers,"cc-by-4.0, with ""terms"""\r\n',
    )
  })

  it.each([
    ['--columns', 'size', '--columns: expected one of model, version,'],
    ['--sort', 'size', '--sort: expected one of model, version,'],
    ['--sort', 'rows:up', '--sort: expected COLUMN, COLUMN:asc or COLUMN:desc, got rows:up'],
  ])('refuses %s %s', async (option, value, message) => {
    const { code, stdout, stderr } = await runCli(['ls', option, value, '--hub', hub])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`modelhub: USAGE: ${message}`)
  })

  it('prints one form at a time', async () => {
    for (const two of [
      ['--csv', '--json'],
      ['--json', '--ndjson'],
      ['--ndjson', '--csv'],
    ]) {
      expect(await runCli(['ls', ...two, '--hub', hub])).toMatchObject({ code: 2, stdout: '' })
    }
  })

  it('a name that is not there is answered with those that may be meant', async () => {
    for (const command of ['show', 'yank', 'rm']) {
      expect(await runCli([command, 'acme/pinguin', '--hub', hub])).toEqual({
        ...{ code: 4, stdout: '' },
        stderr: 'modelhub: MODEL_NOT_FOUND: acme/pinguin: not in the hub; did you mean acme/penguins?\n',
      })
    }
  })
})
