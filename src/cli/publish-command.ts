import type { Command } from 'commander'
import { ModelHubError, throwIfCancelled } from '../common/index.ts'
import type { Hub, PublicationSource, PublishInput } from '../hub/index.ts'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { printJson, printLine } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { addReaderOptions, dataOptions, type ReaderOptions } from './reader-options.ts'

interface PublishFlags extends ReaderOptions, HubOption {
  readonly name?: string
  readonly data?: readonly string[]
  readonly manifest?: string
  readonly json?: boolean
}

const EXAMPLE = `
A model's folder holds README.md (its card, docs/model-card.md), model.onnx and train.sketch.parquet.

Example:
  $ modelhub publish ./penguins --hub ./hub
  $ modelhub publish ./penguins --data penguins.csv --label species --hub ./hub
  $ modelhub publish --manifest zoo.yaml --hub ./hub`

/** `modelhub publish`: one or several models, each in one transaction. */
export function addPublishCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('publish')
    .argument('[folder...]', 'folders of models')
    .description('publish models; a hub is made where there is none')
  addReaderOptions(addHubOption(command))
    .option('--data <file...>', 'training data to sketch here; they are not stored')
    .option('--name <owner/model>', 'name, instead of that of the card')
    .option('--manifest <file>', 'list of models to publish, YAML (docs/manifest.md)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLE)
    .action(async (folders: string[], flags: PublishFlags) => {
      const sources = await sourcesOf(folders, flags)
      await publishAll(sources, flags, { json: flags.json ?? false, signal })
    })
}

async function sourcesOf(folders: readonly string[], flags: PublishFlags): Promise<PublicationSource[]> {
  const { name, data, manifest } = flags
  if ((folders.length === 0) === (manifest === undefined)) {
    throw new ModelHubError('USAGE', `publish: expected folders or --manifest, got ${manifest ? 'both' : 'neither'}`)
  }
  if (manifest !== undefined) {
    const given = (['name', 'data', 'label', 'exclude', 'types'] as const).find(flag => flags[flag] !== undefined)
    if (given) throw new ModelHubError('USAGE', `publish: --${given} does not go with --manifest, which says it itself`)
    const { readManifest } = await import('../hub/index.ts')
    return readManifest(manifest)
  }
  if (folders.length > 1 && (name !== undefined || data !== undefined)) {
    throw new ModelHubError('USAGE', `publish: --name and --data go with one folder, got ${folders.length}`)
  }
  return folders.map(folder => ({ folder, name, data, dataOptions: dataOptions(flags) }))
}

interface Publishing {
  readonly json: boolean
  readonly signal: AbortSignal
}

/** Reads the first model before it opens the hub, so that a faulty one leaves no empty hub behind. */
async function publishAll(
  sources: readonly PublicationSource[],
  place: HubOption,
  { json, signal }: Publishing,
): Promise<void> {
  const { readPublication } = await import('../hub/index.ts')
  const bar = progressBar()
  const published: { model: string; version: number; created: boolean }[] = []
  const read = (source: PublicationSource) => {
    throwIfCancelled(signal, `publishing ${source.folder}`)
    return readPublication({ ...source, dataOptions: { ...source.dataOptions, signal, onProgress: bar.onProgress } })
  }
  const publish = async (hub: Hub, input: PublishInput) => {
    const { version, created } = await hub.publish(input)
    published.push({ model: version.name, version: version.version, created })
    bar.onProgress({ stage: 'publishing', done: published.length, total: sources.length, unit: 'models' })
  }
  try {
    const [first, ...others] = sources
    const input = await read(first)
    const all = async (hub: Hub) => {
      await publish(hub, input)
      for (const source of others) await publish(hub, await read(source))
    }
    await withHub(place, all, { create: true })
  } finally {
    bar.stop()
    if (json) printJson({ published })
    else
      for (const { model, version, created } of published)
        printLine(`${model}@${version}${created ? '' : ' (unchanged)'}`)
  }
}
