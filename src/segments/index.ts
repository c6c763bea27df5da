export {
  DomainSegments,
  removeSegments,
  removeStaleTemporaries,
  segmentDomains,
  type CodedDomain,
  type Coverage,
  type IndexMember,
  type LoadedSegments,
  type UnusedSegment,
} from './domain-segments.ts'
export { readLsh, writeLsh, type LshKey } from './lsh-file.ts'
export type { SegmentEntry } from './write-segment.ts'
