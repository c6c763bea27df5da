export { ImageEncoder } from './image-encoder.ts'
export {
  DEFAULT_LIMITS,
  POOLINGS,
  type ModelFailure,
  type ModelOutcome,
  type ModelOutputs,
  type ModelRun,
  type OutputFile,
  type Pooling,
  type RunLimits,
} from './model-run.ts'
export type { LayerChoice, ModelFacts, WantedTensors } from './model-facts.ts'
export { ortEngine, type OrtEngine } from './ort-engine.ts'
export { runModel, type RunOptions } from './run-model.ts'
export {
  ActivationCache,
  DEFAULT_CACHE_BYTES,
  defaultCacheFolder,
  type ActivationKey,
  type CacheStatus,
} from './activation-cache.ts'
export { runCached, type CachedRun } from './run-cached.ts'
export { WorkerPool } from './worker-pool.ts'
