import { z } from 'zod'

/** The last bytes of a segment file: footer length, CRC-32 of the footer, then this. */
export const MAGIC = 'MHBLOCK1'

/** Bytes after the footer. */
export const TAIL_BYTES = 8 + MAGIC.length

/** Ending of a segment file. */
export const SEGMENT_ENDING = '.block'

const count = z.int().min(0)

/**
 * What a segment file says of itself, as JSON. The file: codes of all bins, shape (datasets × bins); codes of merged
 * bins, shape (datasets × stride); then, each of shape (datasets), in 32-bit numbers: ids, contents, sets, coarse
 * errors, fine errors, CRC-32 of the codes of all bins; the footer; the tail. Little-endian.
 */
export const segmentFooter = z.object({
  domain: count,
  datasets: z.int().min(1),
  /** Feature f occupies the columns [offsets[f], offsets[f+1]). */
  offsets: z.array(count).min(1),
  /** What the reference bins of each feature were, shape (features): other bins, other codes. */
  references: z.array(count),
  coarseBins: z.int().min(1),
  /** Bytes of the merged codes of a dataset. */
  stride: z.int().min(1),
  /** The sets of features that datasets have. */
  sets: z.array(z.array(count)),
  /** CRC-32 of the merged codes and of the numbers after them. */
  residentCrc: count,
})

export type SegmentFooter = z.infer<typeof segmentFooter>

/** 32-bit numbers that follow the merged codes, by name, in their order. */
export const NUMBERS = ['ids', 'contents', 'setOf', 'coarseErrors', 'fineErrors', 'fineCrcs'] as const

/** Where the parts of a segment file begin, in bytes. */
export function sectionsOf({ datasets, offsets, stride }: Pick<SegmentFooter, 'datasets' | 'offsets' | 'stride'>) {
  const width = offsets[offsets.length - 1]
  const coarse = datasets * width
  const numbers = coarse + datasets * stride
  return { width, coarse, numbers, footer: numbers + NUMBERS.length * 4 * datasets }
}
