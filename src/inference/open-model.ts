import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { InferenceSession } from 'onnxruntime-node'
import { ModelHubError } from '../common/index.ts'
import { MAX_ONNX_BYTES, parseOnnxGraph } from '../model/onnx-graph.ts'
import type { PreparedInputs } from '../tensors/index.ts'
import { checkInputs } from './check-inputs.ts'
import { chosenTensors, type ChosenTensors } from './chosen-tensors.ts'
import { exposeOutputs } from './expose-outputs.ts'
import { modelFacts, type ModelFacts, type WantedTensors } from './model-facts.ts'
import { onnxRuntime } from './onnx-runtime.ts'
import { runtimeFault } from './runtime-fault.ts'

/** What is asked of a model that is opened. */
export interface OpenedFor extends WantedTensors {
  readonly inputs: PreparedInputs
  readonly threads?: number
}

/** A model in ONNX Runtime, whose wanted tensors are outputs. */
export interface OpenModel extends ChosenTensors {
  readonly facts: ModelFacts
  readonly session: InferenceSession
  /** Rows that the graph demands at a time; undefined where it takes any number. */
  readonly fixedBatch?: number
}

/**
 * Opens a model in ONNX Runtime, once it is known to be sound, to find its external data in its own folder, to take the
 * inputs and to have the tensors that are wanted.
 *
 * @throws FILE_NOT_FOUND, MODEL_INVALID, MODEL_UNSAFE, MODEL_MISMATCH, MODEL_LIMIT
 */
export async function openModel(path: string, { inputs, threads, ...wanted }: OpenedFor): Promise<OpenModel> {
  const bytes = await modelFile(path)
  const graph = parseOnnxGraph(bytes)
  const folder = dirname(path)
  for (const location of graph.externalData) await checkInside(folder, location)
  const fixedBatch = checkInputs(graph, inputs)
  const chosen = chosenTensors(graph, wanted)
  const { InferenceSession } = await onnxRuntime()
  const options: InferenceSession.SessionOptions = {
    logSeverityLevel: 4,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    // Threads that wait would spin, and take the time of whatever else runs.
    extra: { session: { model_external_initializers_file_folder_path: folder, intra_op: { allow_spinning: '0' } } },
  }
  const session = await InferenceSession.create(exposeOutputs(bytes, chosen.hidden), options).catch(
    (cause: unknown) => {
      throw runtimeFault('MODEL_INVALID', 'ONNX Runtime does not take it', cause)
    },
  )
  return { ...chosen, facts: modelFacts(graph), session, fixedBatch }
}

async function modelFile(path: string): Promise<Uint8Array> {
  const file = await stat(path).catch((cause: unknown) => {
    throw new ModelHubError('FILE_NOT_FOUND', 'its file is not there', { cause })
  })
  if (file.size > MAX_ONNX_BYTES) {
    throw new ModelHubError('MODEL_INVALID', `expected at most ${MAX_ONNX_BYTES} bytes, got ${file.size}`)
  }
  return readFile(path)
}

async function checkInside(folder: string, location: string): Promise<void> {
  const target = await realpath(join(folder, location)).catch((cause: unknown) => {
    throw new ModelHubError('MODEL_INVALID', `its external data ${location} is not there`, { cause })
  })
  if (target.startsWith((await realpath(folder)) + sep)) return
  throw new ModelHubError(
    'MODEL_UNSAFE',
    `expected external data inside its folder, got a link ${location} that leaves it`,
  )
}
