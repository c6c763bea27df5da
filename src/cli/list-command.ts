import type { Command } from 'commander'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { byteSize, percent, printJson, printLine, renderTable } from './print.ts'

/** `modelhub ls`. */
export function addListCommand(program: Command): void {
  addHubOption(program.command('ls').description('list the models of a hub'))
    .option('--all', 'every version, yanked ones too')
    .option('--where <condition>', 'only models that fulfil it, as in "license = \'mit\'" (docs/where.md)')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ modelhub ls --hub ./hub')
    .action(async (flags: HubOption & { all?: boolean; json?: boolean; where?: string }) => {
      const versions = await withHub(flags, hub => hub.list(flags))
      const rows = versions.map(version => ({
        model: version.name,
        version: version.version,
        yanked: version.yanked,
        task: version.task,
        license: version.license,
        sourceAccuracy: version.sourceAccuracy,
        sizeBytes: version.sizeBytes,
        rows: version.rows,
        features: version.featureSlots.length,
        publishedAt: version.publishedAt,
      }))
      if (flags.json) return printJson(rows)
      printLine(
        renderTable(rows, [
          { title: 'model', text: row => `${row.model}@${row.version}${row.yanked ? ' (yanked)' : ''}` },
          { title: 'task', text: row => row.task ?? '–' },
          { title: 'stated accuracy', align: 'right', text: row => percent(row.sourceAccuracy) },
          { title: 'rows', align: 'right', text: row => String(row.rows) },
          { title: 'features', align: 'right', text: row => String(row.features) },
          { title: 'size', align: 'right', text: row => byteSize(row.sizeBytes) },
          { title: 'licence', text: row => row.license ?? '–' },
          { title: 'published', text: row => row.publishedAt.slice(0, 10) },
        ]),
      )
    })
}
