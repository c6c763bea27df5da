import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseModelCard } from '../../src/model/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { copySensor, csvOf, uniformColumns } from '../hub/made-models.ts'
import { ended, startCli } from './run-cli.ts'

/** What ONNX Runtime leaves where it reports: a number for the machine, a queue of reports, a log a process. */
const TRACES = /mat-debug|onnxruntime\.db|deviceid|\.ses$/

it('models are run without a report to the maker of ONNX Runtime', async () => {
  const home = temporaryFolder()
  const place = (name: string) => join(home, name)
  for (const folder of ['tmp', 'cache']) mkdirSync(place(folder))
  // As a user has it: neither a build server nor this suite turns the reports off.
  const untold = { CI: undefined, ORT_DISABLE_TELEMETRY: undefined }
  const variables = { ...untold, HOME: home, TMPDIR: place('tmp'), XDG_CACHE_HOME: place('cache') }
  const run = async (...args: string[]) =>
    expect(await ended(startCli(args, home, variables))).toMatchObject({ code: 0, stderr: '' })

  const model = copySensor(home, 'dsads_torso_s1')
  const { columns = [] } = parseModelCard(readFileSync(join(model, 'README.md'), 'utf8')).frontMatter.modelhub.input
  const values = uniformColumns(Object.fromEntries(columns.map((column, i) => [column, i])), { rows: 60 })
  const activity = Array.from({ length: 60 }, (_, i) => ['lying', 'walking'][i % 2])
  writeFileSync(place('day.csv'), csvOf({ ...values, activity }))
  const [hub, label] = [
    ['--hub', place('hub')],
    ['--label', 'activity'],
  ]
  await run('publish', model, '--data', place('day.csv'), ...label, ...hub)
  // The model in a process of its own, the products of matrices in that of the command.
  await run('evaluate', place('day.csv'), ...label, ...hub)
  expect(readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(name => TRACES.test(name))).toEqual([])
})
