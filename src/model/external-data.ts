import { ModelHubError } from '../common/index.ts'
import { TensorProto_DataLocation, type ModelProto } from './generated/onnx_pb.ts'
import { modelTensors } from './model-tensors.ts'

/**
 * Locations of the files beside a model that hold its tensors, each once, sorted; empty for a model in one file.
 *
 * Locations are relative to the model's folder, with `/` between parts. Only the text is judged here: whoever opens the
 * files must also check that no symbolic link leads outside.
 *
 * @throws MODEL_UNSAFE for a location outside the folder: absolute, with a drive or scheme, or with a part `..`
 * @throws MODEL_INVALID for external data without a location, or with one that names no file
 */
export function externalLocations(model: ModelProto): readonly string[] {
  const locations = new Set<string>()
  for (const tensor of modelTensors(model)) {
    if (tensor.dataLocation !== TensorProto_DataLocation.EXTERNAL && tensor.externalData.length === 0) continue
    const entries = tensor.externalData.filter(entry => entry.key === 'location')
    if (entries.length === 0) throw noFile(tensor.name, 'no location')
    for (const entry of entries) locations.add(insideFolder(tensor.name, entry.value))
  }
  return [...locations].sort()
}

function insideFolder(tensor: string, location: string): string {
  const parts = location.split(/[/\\]/)
  if (/^[/\\]/.test(location) || location.includes(':') || parts.includes('..')) {
    throw new ModelHubError(
      'MODEL_UNSAFE',
      `tensor ${tensor}: expected external data inside the model's folder, got ${JSON.stringify(location)}`,
    )
  }
  const named = parts.filter(part => part !== '' && part !== '.')
  if (named.length === 0 || location.includes('\0')) throw noFile(tensor, JSON.stringify(location))
  return named.join('/')
}

function noFile(tensor: string, got: string): ModelHubError {
  return new ModelHubError(
    'MODEL_INVALID',
    `tensor ${tensor}: expected the location of a file of external data, got ${got}`,
  )
}
