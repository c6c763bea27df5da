export {
  DomainSegments,
  type CodedDomain,
  type Coverage,
  type IndexMembers,
  type LoadedSegments,
  type UnusedSegment,
} from './domain-segments.ts'
export { readMembers, writeMembers } from './member-file.ts'
export { removeSegments, removeStaleTemporaries, segmentDomains } from './segment-files.ts'
export { readBands, writeBands, type BandKey, type BandKind } from './band-file.ts'
export type { SegmentEntry } from './write-segment.ts'
