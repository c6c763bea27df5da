import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { Hub, loadSketchFile } from '../../src/hub/index.ts'
import { folderOf, modelsOf, TARGET } from './sensor-hub.ts'

const program = fileURLToPath(new URL('index-worker.ts', import.meta.url))
const FOUNDERS = modelsOf('torso', [1, 2, 3, 4, 5, 6, 7, 8])
const PUBLISHED = [...modelsOf('left_arm', [1, 2, 3]), ...modelsOf('right_leg', [1, 2])]
const REMOVED = modelsOf('torso', [2, 5, 7])
const SEARCHES = 4
/** Of processes that each take seconds to start on a busy machine. */
const TIMEOUT_MS = 240_000

interface Worker {
  readonly child: ChildProcess
  readonly lines: string[]
  readonly ended: Promise<unknown>
}

function worker(place: string, ...args: string[]): Worker {
  const child = spawn(process.execPath, ['--import', 'tsx', program, place, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', line => lines.push(line))
  return { child, lines, ended: once(child, 'close') }
}

/** Results by JS of comparing all models of a hub. */
async function exactly(hub: Hub): Promise<[string, number | null][]> {
  const { results } = await hub.search(await loadSketchFile(TARGET), { metric: 'js', engine: 'exact', top: 20 })
  return results.map(({ model, score }) => [model, score])
}

/** What every hub must stand with its index, wherever it lies. */
export function indexProcesses(open: () => Promise<{ readonly place: string; readonly hub: Hub }>): void {
  it(
    'processes that publish, remove and search at once: every search sees a whole hub',
    async () => {
      const { place, hub } = await open()
      // Eight founders fix the reference bins, so that a model's score is the same whatever joins or leaves.
      for (const name of FOUNDERS) await hub.publish({ folder: folderOf(name) })
      const workers = [
        worker(place, 'publish', ...PUBLISHED),
        worker(place, 'remove', ...REMOVED),
        ...[1, 2].map(() => worker(place, 'search', TARGET, String(SEARCHES))),
      ]
      await Promise.all(workers.map(({ ended }) => ended))
      expect(workers.map(({ child }) => child.exitCode)).toEqual([0, 0, 0, 0])
      const after = await exactly(hub)
      const states = wholeStates()
      for (const { lines } of workers.slice(2)) {
        expect(lines).toHaveLength(SEARCHES)
        for (const line of lines) {
          const { models, searched } = JSON.parse(line) as { models: [string, number][]; searched: number }
          expect(searched).toBe(models.length)
          const names = models.map(([name]) => name)
          expect(states).toContain([...names].sort().join())
          const scores = models.map(([, score]) => score)
          expect(scores).toEqual([...scores].sort((a, b) => a - b))
          const known = new Map(after)
          for (const [name, score] of models) if (known.has(name)) expect(score).toBe(known.get(name))
        }
      }
      const { results } = await hub.search(await loadSketchFile(TARGET), { metric: 'js', engine: 'block', top: 20 })
      expect(results.map(({ model, score }) => [model, score])).toEqual(after)
    },
    TIMEOUT_MS,
  )

  it(
    'one that is killed while it writes the index costs nothing but its making',
    async () => {
      const { place, hub } = await open()
      for (const name of FOUNDERS.slice(0, 4)) await hub.publish({ folder: folderOf(name) })
      const expected = await exactly(hub)
      for (const delay of [0, 11, 23, 37]) {
        const { child, lines, ended } = worker(place, 'rebuild')
        while (lines.length === 0 && child.exitCode === null) await pause(5)
        await pause(delay)
        child.kill('SIGKILL')
        await ended
        hub.forgetIndex()
        const found = await hub.search(await loadSketchFile(TARGET), { metric: 'js', engine: 'block', top: 20 })
        expect(found.results.map(({ model, score }) => [model, score])).toEqual(expected)
      }
      const [status] = (await hub.rebuildIndex()).domains
      expect(status).toMatchObject({ models: 4, indexed: 4, segments: 1, unused: [] })
    },
    TIMEOUT_MS,
  )
}

/** Names of the models, sorted, that the hub may have at a time: one publishes in order, another removes in order. */
function wholeStates(): string[] {
  return [0, ...PUBLISHED.map((_, i) => i + 1)].flatMap(there =>
    [0, ...REMOVED.map((_, i) => i + 1)].map(gone =>
      [...FOUNDERS, ...PUBLISHED.slice(0, there)]
        .filter(name => !REMOVED.slice(0, gone).includes(name))
        .sort()
        .join(),
    ),
  )
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
