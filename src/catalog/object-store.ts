/** What can be stored: bytes in memory, or a file to be copied. */
export type ObjectSource = Uint8Array | { readonly path: string }

/** The address of an object. */
export interface StoredObject {
  /** SHA-256 of the bytes, 64 lower-case hex digits. */
  readonly sha256: string
  readonly sizeBytes: number
}

/** Model files and sketches by the checksum of their bytes; an object never changes. */
export interface ObjectStore {
  /**
   * Stores bytes, durably and all at once: whoever dies in the middle leaves nothing behind. Storing what is there
   * already changes nothing, except that a damaged object is made whole.
   *
   * @throws FILE_NOT_FOUND, FILE_UNREADABLE for a source file that cannot be read
   */
  put(source: ObjectSource): Promise<StoredObject>
  /** @throws HUB_DAMAGED when the object is missing or does not match its checksum */
  get(sha256: string): Promise<Uint8Array>
  has(sha256: string): Promise<boolean>
  /** Deletes an object; nothing happens when there is none. */
  delete(sha256: string): Promise<void>
  /** Where the object lies as a file, for those stores that keep files; nothing is checked. */
  path?(sha256: string): string
}
