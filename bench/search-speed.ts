/**
 * How long does a search take, from the start of the process to its end?
 *
 *   npm run build && tsx bench/search-speed.ts
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SearchResult } from '../src/hub/index.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult } from './record-result.ts'
import { makeSensorFolders, sensorModels } from './sensor-zoo.ts'
import { sharedFolder } from './shared-folder.ts'

const RUNS = 7

const startedAt = performance.now()
const shared = sharedFolder()
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
if (!existsSync(main)) {
  process.stderr.write('dist/cli/main.js: not there; run npm run build first\n')
  process.exit(2)
}
const scratch = mkdtempSync(join(tmpdir(), 'bench-search-'))

try {
  const [zoo, hub] = [join(scratch, 'zoo'), join(scratch, 'hub')]
  makeSensorFolders(shared, zoo, '')
  const models = sensorModels(shared, '')
  run('publish', '--manifest', join(zoo, 'zoo.yaml'), '--hub', hub, '--json')
  const target = join(zoo, models[0].id, 'train.sketch.parquet')
  const search = () => run('search', target, '--hub', hub, '--json', '--top', '10')
  const runs = Array.from({ length: RUNS }, () => {
    const began = performance.now()
    const result = JSON.parse(search()) as SearchResult
    return { processMs: performance.now() - began, searchMs: result.elapsedMs }
  })
  const startMs = median(Array.from({ length: RUNS }, () => timeOf(() => run('--version'))))
  const processMs = median(runs.map(one => one.processMs))
  const searchMs = median(runs.map(one => one.searchMs))
  recordResult({
    name: 'search-speed',
    question: `How long does a search of ${models.length} sensor models take?`,
    command: 'npm run bench:search-speed',
    startedAt,
    bars: [{ name: `process seconds, median of ${RUNS}`, value: processMs / 1000, bar: 1, must: 'atMost' }],
    markdown:
      markdownTable(
        ['', 'median ms', 'least', 'most'],
        [
          ['process, start included', ...spread(runs.map(one => one.processMs))],
          ['of that, the search itself', ...spread(runs.map(one => one.searchMs))],
        ],
      ) + `\n\n\`modelhub --version\` takes ${startMs.toFixed(0)} ms (median). The target is a sketch file.`,
    figures: { models: models.length, runs, processMs, searchMs, startMs },
  })
} finally {
  rmSync(scratch, { recursive: true })
}

function run(...args: string[]): string {
  return execFileSync(process.execPath, [main, ...args], { encoding: 'utf8', maxBuffer: 2 ** 26 })
}

function timeOf(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

function spread(values: readonly number[]): string[] {
  return [median(values), Math.min(...values), Math.max(...values)].map(value => value.toFixed(0))
}
