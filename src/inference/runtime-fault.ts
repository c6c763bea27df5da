import { ModelHubError, type ErrorCode } from '../common/index.ts'

const NO_MEMORY = /failed to allocate memory|bad[ _]alloc|out of memory|array buffer allocation failed/i
const LONGEST = 200

/** Whether a message of ONNX Runtime, V8 or the C++ library says that memory ran out. */
export function saysNoMemory(message: string): boolean {
  return NO_MEMORY.test(message)
}

/** What ONNX Runtime threw, as an error with a reason of one line; memory that ran out is MODEL_LIMIT. */
export function runtimeFault(code: ErrorCode, what: string, cause: unknown): ModelHubError {
  const message = cause instanceof Error ? cause.message : String(cause)
  if (saysNoMemory(message)) {
    return new ModelHubError('MODEL_LIMIT', 'it asks for more memory than it is allowed', { cause })
  }
  const line = message
    .split('\n')[0]
    .replaceAll(/\/\S*\/onnxruntime\S*/g, '')
    .trim()
  return new ModelHubError(code, `${what}: ${line.slice(0, LONGEST)}`, { cause })
}
