/** Bytes as a driver gives them, as a Uint8Array of their own. */
export function bytesOf(value: ArrayBuffer | Uint8Array): Uint8Array {
  return new Uint8Array(value)
}

/** 32-bit integers as little-endian bytes, on any machine; {@link int32FromBytes} reads them. */
export function int32ToBytes(values: Int32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4))
  values.forEach((value, at) => view.setInt32(at * 4, value, true))
  return new Uint8Array(view.buffer)
}

/** Little-endian 32-bit integers; trailing bytes that make up none are left out. */
export function int32FromBytes(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Int32Array.from({ length: bytes.length >> 2 }, (_, at) => view.getInt32(at * 4, true))
}
