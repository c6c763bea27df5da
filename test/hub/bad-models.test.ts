import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { RankResult } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { BAD_MODELS } from '../inference/bad-models.ts'
import { workersFromSource } from '../inference/from-source.ts'
import { hasProc, peakOfChildren } from '../inference/worker-children.ts'
import { badZooData, goodFolders, placeBadModels } from './bad-zoo.ts'
import { newHub } from './open-hub.ts'

const MEMORY = 2 ** 30

beforeAll(workersFromSource)

it.skipIf(!hasProc)(
  'needs /proc: ten bad models in a hub are ten reasons, and ten good ones rank as without them',
  { timeout: 300_000 },
  async () => {
    const within = temporaryFolder()
    const { sketch, target } = await badZooData(within)
    const [{ hub: good }, { hub: mixed }] = [await newHub(), await newHub()]
    for (const folder of goodFolders(within, sketch)) {
      await good.publish({ folder })
      await mixed.publish({ folder })
    }
    const placed = await placeBadModels(mixed, join(within, 'bad'), sketch)
    expect(placed.flatMap(({ what, refused }) => (refused ? [[what, refused]] : []))).toEqual([
      ['truncated', 'MODEL_INVALID'],
      ['wrong input', 'MODEL_MISMATCH'],
      ['external data outside its folder', 'MODEL_UNSAFE'],
    ])
    const cache = { folder: join(within, 'cache') }
    const options = { label: 'y', all: true, cache, limits: { seconds: 20, memoryBytes: MEMORY } }
    const { peakBytes, result } = await peakOfChildren(() => mixed.rank([target], options))
    const alone = await good.rank([target], options)
    const said = ({ results, verdict, alarm, baselines, parameters }: RankResult) => ({
      ...{ verdict, alarm, baselines, parameters },
      results: results.map(one => ({ ...one, millisecondsPerRow: 0, fromCache: true })),
    })
    expect(alone.results).toHaveLength(10)
    expect(said(result)).toEqual(said(alone))
    const failures = new Map(result.failures.map(failure => [failure.model, failure]))
    expect(failures.size).toBe(10)
    for (const [i, [, , code, reason]] of BAD_MODELS.entries()) {
      expect(failures.get(placed[i].name)).toMatchObject({ code, reason: expect.stringMatching(reason) as string })
    }
    expect(peakBytes).toBeGreaterThan(5e7)
    expect(peakBytes).toBeLessThan(MEMORY)
  },
)
