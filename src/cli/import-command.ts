import { Option, type Command } from 'commander'
import { basename } from 'node:path'
import type { ImportedModel } from '../imports/index.ts'
import { printJson, printLine } from './print.ts'

interface ImportFlags {
  readonly output?: string
  readonly json?: boolean
  readonly revision?: string
  readonly endpoint?: string
  readonly name?: string
}

const HUGGING_FACE_EXAMPLE = `
A model behind terms needs a token: HF_TOKEN.

Example:
  $ modelhub import hf acme/flowers -o ./flowers`

/** `modelhub import hf` and `modelhub import mlflow`. */
export function addImportCommand(program: Command): void {
  const command = program
    .command('import')
    .description('make a model folder from a model that lies elsewhere')
    .addHelpText('after', '\nExample:\n  $ modelhub import hf acme/flowers -o ./flowers')
  command
    .command('hf')
    .argument('<model>', 'OWNER/NAME')
    .description('from a Hugging Face hub: its card, ONNX file, labels and licence')
    .option('--revision <name>', 'branch, tag or commit')
    .addOption(new Option('--endpoint <url>', 'address of the hub').env('HF_ENDPOINT'))
    .option('-o, --output <folder>', 'folder to write; the model’s name when absent')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HUGGING_FACE_EXAMPLE)
    .action(async (repo: string, { revision, endpoint, output, json }: ImportFlags) => {
      const { importHuggingFace } = await import('../imports/index.ts')
      const accessToken = process.env.HF_TOKEN || undefined
      const folder = output ?? basename(repo)
      tell(await importHuggingFace({ repo, revision, endpoint, accessToken, folder }), json)
    })
  command
    .command('mlflow')
    .argument('<folder>', 'folder with an MLmodel file')
    .description('from a model that MLflow logged with its ONNX flavour: its signature and its run’s metrics')
    .option('--name <owner/model>', 'name of the model; mlflow/<folder> when absent')
    .requiredOption('-o, --output <folder>', 'folder to write')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  $ modelhub import mlflow mlruns/0/4f1c/artifacts/model --name acme/iris -o ./iris',
    )
    .action(async (directory: string, { name, output = '', json }: ImportFlags) => {
      const { importMlflow } = await import('../imports/index.ts')
      tell(await importMlflow({ directory, name, folder: output }), json)
    })
}

function tell(imported: ImportedModel, json = false): void {
  if (json) return printJson(imported)
  const { folder, name, missing } = imported
  printLine(`${name} imported to ${folder}`)
  printLine('Before it can be published and found, it needs:')
  for (const line of missing) printLine(`  ${line}`)
  printLine(`Then: modelhub publish ${folder}`)
}
