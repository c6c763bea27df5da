const MODEL_GRAPH = 7
const GRAPH_OUTPUT = 12
const VALUE_INFO_NAME = 1

/**
 * Adds graph outputs to an ONNX file without reading it: protobuf merges messages that are concatenated, so bytes that
 * say "a graph with these outputs" after a model are a model with these outputs more.
 *
 * @param model bytes of an ONNX file
 * @param names tensors that nodes of its main graph give, and that are no outputs yet
 */
export function exposeOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  const outputs = names.map(name => field(GRAPH_OUTPUT, field(VALUE_INFO_NAME, Buffer.from(name))))
  return names.length === 0 ? model : Buffer.concat([model, field(MODEL_GRAPH, Buffer.concat(outputs))])
}

/** A protobuf field of bytes: number and wire type 2, length, bytes. */
function field(number: number, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
}

function varint(value: number): Uint8Array {
  const bytes = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}
