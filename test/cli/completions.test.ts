import { describe, expect, it } from 'vitest'
import { completions } from '../../src/cli/completions.ts'
import { METRIC_NAMES } from '../../src/search/metrics.ts'
import { LIST_COLUMNS } from '../../src/cli/list-columns.ts'
import { makeProgram } from '../../src/cli/program.ts'

const program = makeProgram(new AbortController().signal)
const MODELS = ['acme/flowers', 'acme/penguins']

/** Candidates for the last word of a line, with the hub that was looked at. */
async function completed(line: string): Promise<{ values: string[]; hub?: string }> {
  let looked: string | undefined
  const models = (_: string, hub = 'default') => {
    looked = hub
    return Promise.resolve(MODELS)
  }
  const values = await completions(program, line.split(' '), models)
  return { values: values.map(({ value }) => value), hub: looked }
}
const valuesOf = async (line: string) => (await completed(line)).values

describe('completions', () => {
  it('are commands, first and below others', async () => {
    const commands = program.commands.map(command => command.name()).filter(name => name !== 'complete')
    expect(await valuesOf('')).toEqual([...commands, 'help'])
    expect(await valuesOf('s')).toEqual(['sketch', 'search', 'show'])
    expect(await valuesOf('sketch m')).toEqual(['merge'])
    expect(await valuesOf('search s')).toEqual([])
  })

  it('are the options of the command', async () => {
    expect(await valuesOf('ls --c')).toEqual(['--columns', '--csv'])
    expect(await valuesOf('sketch diff --mat')).toEqual(['--match'])
    expect(await valuesOf('--v')).toEqual(['--version'])
    expect(await valuesOf('search x --top 3 --sp')).toEqual(['--space'])
    expect(await valuesOf('show -')).toContain('--help')
  })

  it('are metrics, spaces and other choices', async () => {
    expect(await valuesOf('search x --metric ')).toEqual(METRIC_NAMES)
    expect(await valuesOf('search x --metric=so')).toEqual(['--metric=soft-coverage', '--metric=source-accuracy'])
    expect(await valuesOf('search --space p')).toEqual(['pooled'])
    expect(await valuesOf('completion ')).toEqual(['bash', 'zsh', 'fish'])
  })

  it('are columns and models by comma', async () => {
    expect(await valuesOf('ls --columns ')).toEqual(Object.keys(LIST_COLUMNS))
    expect(await valuesOf('ls --sort model,s')).toEqual(['model,sourceAccuracy', 'model,sizeBytes'])
    expect(await valuesOf('search x --exclude-models acme/flowers,acme/p')).toEqual(['acme/flowers,acme/penguins'])
  })

  it('are models where a command wants one of the hub', async () => {
    expect(await completed('show ')).toEqual({ values: MODELS, hub: 'default' })
    expect(await completed('explain data.csv acme/p')).toEqual({ values: ['acme/penguins'], hub: 'default' })
    expect(await valuesOf('compare a/b c/d acme/')).toEqual(MODELS)
    expect(await valuesOf('ls pe')).toEqual([])
    expect(await valuesOf('ls ac')).toEqual(MODELS)
    for (const line of ['explain ', 'search ', 'show acme/flowers ', 'import hf ', 'publish ']) {
      expect(await completed(line)).toEqual({ values: [], hub: undefined })
    }
  })

  it('look into the hub that the line names', async () => {
    expect(await completed('show --hub ./there ')).toEqual({ values: MODELS, hub: './there' })
    expect(await completed('show --hub=postgres://h/d?a=b acme/f')).toEqual({
      values: ['acme/flowers'],
      hub: 'postgres://h/d?a=b',
    })
    expect(await completed('rm --hub ')).toEqual({ values: [], hub: undefined })
  })

  it('are none for values that are files, numbers or texts', async () => {
    for (const line of ['search x --label ', 'search x --exclude a ', 'sketch -o ', 'search x --top ', 'ls --where ']) {
      expect(await valuesOf(line)).toEqual([])
    }
  })
})
