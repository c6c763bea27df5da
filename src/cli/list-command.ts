import { Option, type Command } from 'commander'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import {
  columnsOption,
  LIST_COLUMNS,
  listValues,
  sortOption,
  sortVersions,
  type ListColumn,
  type ListOrder,
} from './list-columns.ts'
import { printJson, printLine, printNote } from './print.ts'

interface ListFlags extends HubOption {
  readonly all?: boolean
  readonly where?: string
  readonly sort?: readonly ListOrder[]
  readonly columns?: readonly ListColumn[]
  readonly csv?: boolean
  readonly json?: boolean
  readonly ndjson?: boolean
}

const EXAMPLE = `
Columns: ${Object.keys(LIST_COLUMNS).join(', ')}.

Example:
  $ modelhub ls --hub ./hub
  $ modelhub ls pengiuns --hub ./hub
  $ modelhub ls --sort sourceAccuracy:desc --columns model,sourceAccuracy,license --hub ./hub
  $ modelhub ls --where "license = 'mit' and sizeBytes < 50e6" --csv --hub ./hub`

/** `modelhub ls`. */
export function addListCommand(program: Command): void {
  const command = program
    .command('ls')
    .argument('[query]', 'words that a name holds, a few wrong letters forgiven; best first')
    .description('list the models of a hub')
  addHubOption(command)
    .option('--all', 'every version, yanked ones too')
    .option('--where <condition>', 'only models that fulfil it, as in "license = \'mit\'" (docs/where.md)')
    .option('--sort <columns>', 'order, by comma, as in sizeBytes:desc; what is not stated comes last', sortOption)
    .option('--columns <columns>', 'what to show, by comma', columnsOption)
    .addOption(new Option('--csv', 'print CSV (RFC 4180)').conflicts(['json', 'ndjson']))
    .addOption(new Option('--json', 'print one JSON array').conflicts('ndjson'))
    .option('--ndjson', 'print one JSON object a line')
    .addHelpText('after', EXAMPLE)
    .action(async (query: string | undefined, flags: ListFlags) => {
      const { all, where, sort = [] } = flags
      const versions = await withHub(flags, hub => hub.list({ all, where, query }))
      if (query !== undefined && versions.length === 0) printNote(`note: no model whose name resembles ${query}`)
      await printVersions(sortVersions(versions, sort), flags)
    })
}

async function printVersions(
  versions: ReturnType<typeof sortVersions>,
  { columns, csv, json, ndjson }: ListFlags,
): Promise<void> {
  if (json) printJson(listValues(versions, columns))
  else if (ndjson) for (const row of listValues(versions, columns)) printLine(JSON.stringify(row))
  else if (csv) {
    const { renderCsv } = await import('./render-csv.ts')
    process.stdout.write(renderCsv(listValues(versions, columns), columns ?? Object.keys(LIST_COLUMNS)))
  } else {
    const { renderVersions } = await import('./render-list.ts')
    printLine(renderVersions(versions, columns))
  }
}
