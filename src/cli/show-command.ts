import type { Command } from 'commander'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { byteSize, printJson, printLine } from './print.ts'

/** `modelhub show`. */
export function addShowCommand(program: Command): void {
  addHubOption(program.command('show').argument('<model>', 'owner/model or owner/model@3'))
    .description('print a model: its graph and its card')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ modelhub show acme/penguins --hub ./hub')
    .action(async (model: string, flags: HubOption & { json?: boolean }) => {
      const { version, card } = await withHub(flags, hub => hub.show(model))
      const { featureSlots, ...facts } = version
      if (flags.json) return printJson({ ...facts, features: featureSlots.length, card })
      const tensors = (list: typeof version.inputs) =>
        list.map(({ name, type, shape }) => `${name} ${type}[${shape?.join(', ') ?? '?'}]`).join(', ')
      printLine(`${version.name}@${version.version}${version.yanked ? ' (yanked)' : ''}`)
      printLine(`published   ${version.publishedAt}`)
      printLine(
        `model       ${byteSize(version.sizeBytes)}, ${version.parameters} parameters, opset ${version.opset ?? '?'}`,
      )
      printLine(`inputs      ${tensors(version.inputs)}`)
      printLine(`outputs     ${tensors(version.outputs)}`)
      printLine(`last dense  ${version.lastDense ?? '–'}`)
      printLine(`trained on  ${version.rows} rows, ${featureSlots.length} features`)
      printLine(`sha256      ${version.onnxSha256}`)
      printLine()
      printLine(card.trimEnd())
    })
}
