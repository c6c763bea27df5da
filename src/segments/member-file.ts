import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { MemberTable } from '../catalog/index.ts'
import { readSealed, writeSealed } from './sealed-file.ts'

const ENDING = '.members'

/** Columns of 32-bit numbers in their order in the file, after the accuracies; the last has one more than the others. */
const COLUMNS = ['ids', 'contents', 'domainIds', 'versions', 'trainingRows', 'viewOf', 'nameStarts'] as const

const memberHeader = z.object({
  columns: z.literal(COLUMNS.length),
  size: z.int().min(0),
  nameBytes: z.int().min(0),
  views: z.array(z.string().nullable()),
})

/** Keeps the members of a hub as they were at a stamp (see `hubStamp`), in place of those of other stamps. */
export function writeMembers(folder: string, stamp: string, table: MemberTable): void {
  const header = { columns: COLUMNS.length, size: table.size, nameBytes: table.nameBytes.length, views: table.views }
  const columns = [table.sourceAccuracies, ...COLUMNS.map(name => table[name]), table.nameBytes]
  writeSealed(join(folder, fileOf(stamp)), header, columns)
  for (const name of readdirSync(folder)) {
    if (name.endsWith(ENDING) && name !== fileOf(stamp)) rmSync(join(folder, name), { force: true })
  }
}

/** The members of a hub at a stamp; undefined where they are not kept, damaged, or of another release. */
export function readMembers(folder: string, stamp: string): MemberTable | undefined {
  const sealed = readSealed(join(folder, fileOf(stamp)))
  const header = memberHeader.safeParse(sealed?.header)
  if (!sealed || !header.success) return undefined
  const { size, nameBytes, views } = header.data
  const buffer = sealed.body.buffer as ArrayBuffer
  let at = sealed.body.byteOffset
  const place = (bytes: number) => {
    at += bytes
    return at - bytes
  }
  const sourceAccuracies = new Float64Array(buffer, place(8 * size), size)
  const column = (length: number) => new Uint32Array(buffer, place(4 * length), length)
  const columns = Array.from({ length: COLUMNS.length - 1 }, () => column(size))
  const [ids, contents, domainIds, versions, trainingRows, viewOf] = columns
  const nameStarts = column(size + 1)
  return {
    ...{ size, views, sourceAccuracies, ids, contents, domainIds, versions, trainingRows, viewOf, nameStarts },
    nameBytes: new Uint8Array(buffer, place(nameBytes), nameBytes),
  }
}

function fileOf(stamp: string): string {
  return `${stamp}${ENDING}`
}
