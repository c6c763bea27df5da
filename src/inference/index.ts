export { ImageEncoder } from './image-encoder.ts'
export {
  DEFAULT_LIMITS,
  POOLINGS,
  type LayerChoice,
  type ModelFailure,
  type ModelOutcome,
  type ModelOutputs,
  type ModelRun,
  type OutputFile,
  type Pooling,
  type RunLimits,
} from './model-run.ts'
export { ortEngine, type OrtEngine } from './ort-engine.ts'
export { runModel, type RunOptions } from './run-model.ts'
