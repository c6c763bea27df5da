/** Characters are made in runs of this many bytes, so that no argument list grows too long. */
const RUN = 8192

/** Base64 (RFC 4648) of an array's little-endian bytes. */
export function toBase64(array: Uint8Array | Uint16Array | Uint32Array | Float64Array): string {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  let characters = ''
  for (let i = 0; i < bytes.length; i += RUN) characters += String.fromCharCode(...bytes.subarray(i, i + RUN))
  return btoa(characters)
}

/** The bytes of a base64 text, in a buffer of their own. */
export function fromBase64(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0)).buffer
}
