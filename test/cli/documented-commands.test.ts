import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { makeProgram } from '../../src/cli/program.ts'
import * as library from '../../src/index.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const program = makeProgram(new AbortController().signal)

/** The command that the words after `modelhub` name, and those of its options that it does not know. */
function unknownOptions(words: readonly string[]): { command: string; unknown: string[] } {
  let command: Command = program
  for (const word of words) {
    const next = command.commands.find(known => known.name() === word)
    if (!next) break
    command = next
  }
  const known = command.options.flatMap(({ long, short }) => [long, short])
  return { command: command.name(), unknown: words.filter(word => /^--?[a-z]/.test(word) && !known.includes(word)) }
}

describe.each(['README.md', 'docs/guide.md', 'docs/manifest.md'])('%s', path => {
  const commands = Array.from(read(path).matchAll(/(?:^ *|`)(?:npx )?modelhub ([^\n`]+)/gm), ([, line]) => line)

  it('shows commands', () => {
    expect(commands.length).toBeGreaterThan(0)
  })

  it.each(commands)('modelhub %s', line => {
    const { command, unknown } = unknownOptions(line.split(' '))
    expect(command).not.toBe('modelhub')
    expect(unknown).toEqual([])
  })
})

describe('README.md', () => {
  it('imports what the library has', () => {
    const [, names] = /import \{ ([^}]+) \} from 'modelhub'/.exec(read('README.md'))!
    expect(Object.keys(library)).toEqual(expect.arrayContaining(names.split(', ')))
  })

  it('names every command', () => {
    const text = read('README.md') + read('docs/guide.md')
    expect(program.commands.map(command => command.name()).filter(name => !text.includes(`modelhub ${name}`))).toEqual([
      'show',
      // hidden: what the scripts of modelhub completion ask
      'complete',
    ])
  })
})
