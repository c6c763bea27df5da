import type { MaskedQuery } from '../retrieval/index.ts'
import type { OpenDomain } from './hub-index.ts'

/** stub */
export function lshCandidates(_folder: string, _opened: OpenDomain) {
  return {
    among: (_query: MaskedQuery): Uint32Array | undefined => undefined,
    note: (): string | undefined => undefined,
  }
}
