import type * as OnnxRuntime from 'onnxruntime-node'

/**
 * ONNX Runtime, loaded when it is first asked for. From 1.29 on its official builds report the names and hashes of the
 * models that they run to their maker; here they do not, unless the environment sets `ORT_DISABLE_TELEMETRY` itself.
 *
 * What loads it must not be a worker thread: those have an environment of their own, which native code does not see.
 */
export function onnxRuntime(): Promise<typeof OnnxRuntime> {
  process.env.ORT_DISABLE_TELEMETRY ??= '1'
  return import('onnxruntime-node')
}
