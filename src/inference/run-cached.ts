import { rm } from 'node:fs/promises'
import type { ActivationCache } from './activation-cache.ts'
import { takenTensors, type TakenTensors } from './model-facts.ts'
import type { ModelOutcome, ModelOutputs, ModelRun, OutputFile, Pooling } from './model-run.ts'
import { runModel, type RunOptions } from './run-model.ts'

/** A run whose outputs go to a cache. */
export interface CachedRun extends Omit<ModelRun, 'folder'> {
  /** SHA-256 of the model: of its file, and of its external data where it has any. */
  readonly modelSha256: string
}

/**
 * As {@link runModel}, but a tensor that is in the cache is taken from there, and only what is missing is run for. What
 * is run is kept, model by model; a run that was cut off or failed leaves nothing behind.
 *
 * Of an outcome that comes from the cache alone, seconds and bytes are 0.
 */
export async function runCached(run: CachedRun, cache: ActivationCache, options?: RunOptions): Promise<ModelOutcome> {
  const kept = await cache.facts(run.modelSha256)
  const taken = kept && takenTensors(kept, run)
  if (kept === undefined || taken === undefined) return runAndKeep(run, cache, options)
  const { millisecondsPerRow = null, ...facts } = kept
  const found = await cachedTensors(run, cache, taken)
  const isThere = (name: string) => found.has(name)
  const cached: ModelOutputs = {
    ...{ kind: 'outputs', outputs: found, ...taken, facts, rows: run.inputs.rows },
    ...{ seconds: 0, secondsInRuntime: 0, millisecondsPerRow, runtimeSpans: [], peakBytes: 0 },
  }
  const scores = taken.scores !== null && isThere(taken.scores) ? null : taken.scores
  const layers = taken.layers.filter(name => !isThere(name))
  if (scores === null && layers.length === 0 && found.size > 0) return cached
  if (run.layers === 'all' || found.size === 0) return runAndKeep(run, cache, options)
  const more = await runAndKeep({ ...run, scores, layers }, cache, options)
  if (more.kind === 'failure') return more
  return { ...more, ...taken, outputs: new Map([...found, ...more.outputs]) }
}

async function cachedTensors(
  { modelSha256, inputs, labels, ...run }: CachedRun,
  cache: ActivationCache,
  { scores, layers }: TakenTensors,
): Promise<Map<string, OutputFile>> {
  const found = new Map<string, OutputFile>()
  for (const tensor of new Set(scores === null ? layers : [scores, ...layers])) {
    const pooling = poolingOf(tensor, scores, run.pooling)
    const file = await cache.find({ model: modelSha256, inputs: inputs.sha256, tensor, pooling })
    const fits = tensor !== scores || labels === undefined || file?.shape[1] === labels
    if (file !== undefined && fits) found.set(tensor, file)
  }
  return found
}

async function runAndKeep(run: CachedRun, cache: ActivationCache, options?: RunOptions): Promise<ModelOutcome> {
  const folder = cache.scratchFolder()
  try {
    const outcome = await runModel({ ...run, folder }, options)
    if (outcome.kind === 'failure') return outcome
    // First: without them what is kept is not found again, should this be cut off.
    const before = run.layers === 'all' ? undefined : await cache.facts(run.modelSha256)
    const millisecondsPerRow = outcome.millisecondsPerRow ?? undefined
    await cache.keepFacts(run.modelSha256, { ...(before ?? outcome.facts), millisecondsPerRow })
    const outputs = new Map<string, OutputFile>()
    for (const [tensor, file] of outcome.outputs) {
      const pooling = poolingOf(tensor, outcome.scores, run.pooling)
      const key = { model: run.modelSha256, inputs: run.inputs.sha256, tensor, pooling }
      outputs.set(tensor, await cache.keep(key, file))
    }
    return { ...outcome, outputs }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Scores are never pooled. */
function poolingOf(tensor: string, scores: string | null, pooling: Pooling = 'auto'): Pooling {
  return tensor === scores ? 'flatten' : pooling
}
