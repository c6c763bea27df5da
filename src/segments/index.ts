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
export type { SegmentEntry } from './write-segment.ts'
