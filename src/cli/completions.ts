import type { Argument, Command, Option } from 'commander'
import { LIST_COLUMNS } from './list-columns.ts'

/** What a word may be completed to. */
export interface Completion {
  readonly value: string
  /** One line; empty where the value says it all. */
  readonly about: string
}

/** Names of the hub's models that may stand where `word` does, given the place that `--hub` names if it is there. */
export type ModelNames = (word: string, hub?: string) => Promise<readonly string[]>

/** Where on the command line the word to complete stands. */
interface Place {
  readonly command: Command
  /** Words before it that are neither commands nor options. */
  readonly arguments: number
  /** The option whose value it is. */
  readonly option?: Option
  readonly hub?: string
}

/**
 * What the last of the words after `modelhub` may be completed to: commands, options, choices, columns and models. None
 * where a file, a number or a text is expected.
 */
export async function completions(
  program: Command,
  words: readonly string[],
  modelNames: ModelNames,
): Promise<readonly Completion[]> {
  const word = words.at(-1) ?? ''
  const place = placeAfter(program, words.slice(0, -1))
  const [, name, typed] = /^(--[^=]+)=(.*)$/.exec(word) ?? []
  const option = place.option ?? (name === undefined ? undefined : optionOf(place.command, name))
  const models = (prefix: string) => modelNames(prefix, place.hub)
  if (option !== undefined) {
    const values = await valuesOf(option, typed ?? word, models)
    return values.map(value => ({ value: name === undefined ? value : `${name}=${value}`, about: '' }))
  }
  const all = word.startsWith('-') ? optionsOf(place.command) : await argumentsAt(place, word, models)
  return all.filter(({ value }) => value.startsWith(word))
}

function placeAfter(program: Command, words: readonly string[]): Place {
  let place: Place = { command: program, arguments: 0 }
  for (const word of words) {
    const { option, command } = place
    if (word.startsWith('-')) {
      const [name, ...rest] = word.split('=')
      const value = rest.length > 0 ? rest.join('=') : undefined
      const found = optionOf(command, name)
      const takesValue = found !== undefined && (found.required || found.optional)
      place = { ...place, option: takesValue && value === undefined ? found : undefined }
      if (name === '--hub' && value !== undefined) place = { ...place, hub: value }
    } else if (option) {
      const hub = option.long === '--hub' ? word : place.hub
      place = { ...place, hub, option: option.variadic ? option : undefined }
    } else {
      const next = place.arguments === 0 ? command.commands.find(known => known.name() === word) : undefined
      place = next ? { ...place, command: next } : { ...place, arguments: place.arguments + 1 }
    }
  }
  return place
}

function optionOf(command: Command, name: string): Option | undefined {
  return command.options.find(({ long, short }) => name === long || name === short)
}

function optionsOf(command: Command): Completion[] {
  const help = command.createHelp()
  return help
    .visibleOptions(command)
    .map(({ long, description }) => ({ value: long ?? '', about: firstLine(description) }))
}

async function argumentsAt(
  { command, arguments: before }: Place,
  word: string,
  models: (word: string) => Promise<readonly string[]>,
): Promise<Completion[]> {
  const commands = before === 0 ? command.createHelp().visibleCommands(command) : []
  const { registeredArguments } = command
  const last = registeredArguments.at(-1)
  const argument = registeredArguments[before] ?? (last?.variadic ? last : undefined)
  const values = argument ? await choicesOf(command, argument, () => models(word)) : []
  return [
    ...commands.map(known => ({ value: known.name(), about: firstLine(known.description()) })),
    ...values.map(value => ({ value, about: '' })),
  ]
}

async function choicesOf(
  command: Command,
  argument: Argument,
  models: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const ofHub = ['model', 'query'].includes(argument.name()) && optionOf(command, '--hub') !== undefined
  return ofHub ? models() : (argument.argChoices ?? [])
}

/** Values of an option that begin as `typed` does; where it takes several by comma, of the last one. */
async function valuesOf(
  option: Option,
  typed: string,
  models: (word: string) => Promise<readonly string[]>,
): Promise<string[]> {
  const lists: Readonly<Record<string, (word: string) => Promise<readonly string[]> | readonly string[]>> = {
    '--columns': () => Object.keys(LIST_COLUMNS),
    '--sort': () => Object.keys(LIST_COLUMNS),
    '--partitions': () => ['clustered', 'random', 'none'],
    '--exclude-models': models,
  }
  const list = lists[option.long ?? '']
  if (!list) return (option.argChoices ?? []).filter(choice => choice.startsWith(typed))
  const before = typed.slice(0, typed.lastIndexOf(',') + 1)
  const word = typed.slice(before.length)
  return (await list(word)).filter(value => value.startsWith(word)).map(value => before + value)
}

function firstLine(text: string): string {
  return text.split('\n')[0]
}
