/** One image or text of a folder or archive. */
export interface MediaEntry {
  /** Its path within the folder or archive, with `/` between the parts. */
  readonly name: string
  readonly bytes: () => Promise<Uint8Array>
}

/** An entry of more bytes than this is not read. */
export const MAX_ENTRY_BYTES = 64 * 2 ** 20

/** The name of the folder an entry lies in, which is its label; null at the top. */
export function labelOf(name: string): string | null {
  return name.split('/').at(-2) ?? null
}

/** Whether a path belongs to the system rather than to the dataset: hidden, or a resource fork. */
export function isHidden(name: string): boolean {
  return name.split('/').some(part => part.startsWith('.') || part === '__MACOSX')
}

/** Images, told by the ending of a name alone. */
export function isImageName(name: string): boolean {
  return /\.(jpe?g|png|webp|gif|tiff?|avif)$/i.test(name) && !isHidden(name)
}

/** Texts, told by the ending of a name alone. */
export function isTextName(name: string): boolean {
  return /\.txt$/i.test(name) && !isHidden(name)
}
