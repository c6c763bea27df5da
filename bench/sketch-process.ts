import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What one `modelhub sketch` took, start of the process included. */
export interface SketchRun {
  readonly seconds: number
  /** Of all threads, user and system. */
  readonly cpuSeconds: number
  readonly rowsPerSecond: number
  readonly peakMiB: number
  readonly sketchBytes: number
}

const REPORT = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  process.stderr.write('\\nused ' + maxRSS + ' ' + (userCPUTime + systemCPUTime) + '\\n')
})`

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** Sketches a dataset in a process of its own, which reports its peak memory (kibibytes) and CPU time when it ends. */
export function sketchInProcess(dataset: readonly string[], rows: number, out: string): SketchRun {
  if (!existsSync(main)) {
    process.stderr.write('dist/cli/main.js: not there; run npm run build first\n')
    process.exit(2)
  }
  const began = performance.now()
  const importing = ['--import', `data:text/javascript,${encodeURIComponent(REPORT)}`]
  const stderr = stderrOf([...importing, main, 'sketch', ...dataset, '-o', out])
  const seconds = (performance.now() - began) / 1000
  const [, peakKiB, cpuMicroseconds] = (/used (\d+) (\d+)/.exec(stderr) ?? []).map(Number)
  return {
    seconds,
    cpuSeconds: cpuMicroseconds / 1e6,
    rowsPerSecond: rows / seconds,
    peakMiB: peakKiB / 1024,
    sketchBytes: statSync(out).size,
  }
}

/** The median of an odd number of runs. */
export function medianOf(runs: readonly SketchRun[], key: keyof SketchRun): number {
  return runs.map(run => run[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)]
}

function stderrOf(args: readonly string[]): string {
  return execFileSync('sh', ['-c', '"$@" 2>&1 >/dev/null', 'sh', process.execPath, ...args], { encoding: 'utf8' })
}
