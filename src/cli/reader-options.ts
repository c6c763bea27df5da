import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { ModelHubError } from '../common/index.ts'
import type { DataOptions } from '../hub/index.ts'

const DECLARED_TYPES = ['numeric', 'categorical', 'text', 'boolean', 'timestamp'] as const
type DeclaredType = (typeof DECLARED_TYPES)[number]

/** Options of every command that reads data. */
export interface ReaderOptions {
  readonly label?: string
  readonly exclude?: readonly string[]
  readonly types?: readonly string[]
  /** Contents of the file. */
  readonly keyFile?: Uint8Array
  readonly minCell?: number
  readonly view?: string
  readonly encoder?: string
}

/** `--label`, `--exclude`, `--types`, `--key-file`, `--min-cell`, `--view` and `--encoder`. */
export function addReaderOptions(command: Command): Command {
  return command
    .option('--label <column>', 'column of labels, kept out of the features')
    .option('--exclude <column...>', 'columns to leave out')
    .option('--types <column=type...>', `types where the inferred ones will not do: ${DECLARED_TYPES.join(', ')}`)
    .option('--key-file <file>', 'secret key (16 bytes or more) for the hashes of categories and words', keyOption)
    .option('--min-cell <n>', 'k-anonymity: fewest rows of a partition and of a bin', numberOption('--min-cell'))
    .option('--view <view>', 'images: descriptor (default) or pixels; tables: records, or text:COL1,COL2 joined')
    .option('--encoder <model.onnx>', 'sketch the outputs of this encoder of images')
}

/** Contents of a file of a key given on the command line. */
export function keyOption(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new ModelHubError('FILE_NOT_FOUND', `--key-file: ${path}: cannot be read`, { cause })
  }
}

/** The first of these options that was given, as it is written on the command line. */
export function givenReaderOption(flags: ReaderOptions): string | undefined {
  const names = {
    ...{ label: '--label', exclude: '--exclude', types: '--types', keyFile: '--key-file' },
    ...{ minCell: '--min-cell', view: '--view', encoder: '--encoder' },
  } as const satisfies Record<keyof ReaderOptions, string>
  return Object.entries(names).find(([flag]) => flags[flag as keyof ReaderOptions] !== undefined)?.[1]
}

/** The same as the library takes them. */
export function dataOptions({
  label,
  exclude,
  types,
  keyFile,
  minCell,
  view,
  encoder,
}: ReaderOptions): Pick<DataOptions, 'label' | 'exclude' | 'types' | 'key' | 'minCell' | 'view' | 'encoder'> {
  const declared = types && Object.fromEntries(types.map(declaredType))
  return { label, exclude, types: declared, key: keyFile, minCell, view, encoder }
}

function declaredType(given: string): [string, DeclaredType] {
  const at = given.lastIndexOf('=')
  const type = DECLARED_TYPES.find(known => known === given.slice(at + 1))
  if (at < 1 || !type) {
    throw new ModelHubError(
      'USAGE',
      `--types: expected column=type with one of ${DECLARED_TYPES.join(', ')}, got ${given}`,
    )
  }
  return [given.slice(0, at), type]
}

/** A number given on the command line. */
export function numberOption(name: string): (text: string) => number {
  return text => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value)) {
      throw new ModelHubError('USAGE', `${name}: expected a number, got ${text}`)
    }
    return value
  }
}

/** A number of things to show given on the command line: a whole one from 1. */
export function countOption(name: string): (text: string) => number {
  return text => {
    const value = numberOption(name)(text)
    if (Number.isInteger(value) && value >= 1) return value
    throw new ModelHubError('OUT_OF_RANGE', `${name}: expected a whole number from 1, got ${text}`)
  }
}
