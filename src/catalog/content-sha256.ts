import { createHash } from 'node:crypto'

/** A file of external data beside the ONNX file. */
export interface VersionFile {
  /** Relative to the ONNX file's folder, with `/` between parts. */
  readonly location: string
  readonly sha256: string
  readonly sizeBytes: number
}

/** All that a publisher hands in. */
export interface VersionContent {
  /** The README.md, as it came. */
  readonly card: string
  readonly onnxSha256: string
  readonly sketchSha256: string
  /** None when absent. */
  readonly files?: readonly VersionFile[]
}

/** SHA-256 of a version's content: two versions are the same exactly when theirs are. 64 hex digits. */
export function contentSha256({ card, onnxSha256, sketchSha256, files = [] }: VersionContent): string {
  const cardSha256 = createHash('sha256').update(card).digest('hex')
  const external = files.map(({ location, sha256 }) => [location, sha256]).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([cardSha256, onnxSha256, sketchSha256, external]))
    .digest('hex')
}
