import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { removeSegment } from './band-file.ts'
import { SEGMENT_ENDING } from './segment-format.ts'
import { TEMPORARY } from './write-segment.ts'

const STALE_AFTER_MS = 3600 * 1000

/** Names of the segment files of a domain, in order. */
export function segmentNames(folder: string, domain: number): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => name.startsWith(`d${domain}-`) && name.endsWith(SEGMENT_ENDING))
    .sort()
}

/** Numbers of the domains that have segment files in a folder, ascending. */
export function segmentDomains(folder: string): number[] {
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith(SEGMENT_ENDING)) : []
  const domains = new Set(names.flatMap(name => /^d(\d+)-/.exec(name)?.[1] ?? []).map(Number))
  return [...domains].sort((a, b) => a - b)
}

/** Removes all segment files of a domain. */
export function removeSegments(folder: string, domain: number): void {
  for (const name of segmentNames(folder, domain)) removeSegment(join(folder, name))
}

/** Removes what killed writers have left half-written more than an hour ago. */
export function removeStaleTemporaries(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(TEMPORARY)) continue
    const file = statSync(join(folder, name), { throwIfNoEntry: false })
    if (file && Date.now() - file.mtimeMs > STALE_AFTER_MS) rmSync(join(folder, name), { force: true })
  }
}
