import type * as Runtime from 'onnxruntime-node'

/**
 * ONNX Runtime, loaded when it is first asked for. From version 1.29 on it reports to its makers which models it ran and
 * how, unless it is told not to before its first session: what is run here stays here.
 */
export async function loadRuntime(): Promise<typeof Runtime> {
  process.env.ORT_DISABLE_TELEMETRY = '1'
  return import('onnxruntime-node')
}
