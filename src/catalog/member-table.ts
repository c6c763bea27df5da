/** What a search over all models of a hub needs of one, and no more. */
export interface Member {
  readonly id: number
  /** `owner/model`. */
  readonly name: string
  readonly version: number
  readonly domainId: number
  /** First 32 bits of `contentSha256`. */
  readonly content: number
  /** In [0, 1]; null where the card states none. */
  readonly sourceAccuracy: number | null
  /** Of the training data. */
  readonly rows: number
  readonly view: string | null
}

/** Members in columns, each of shape (size), in order of name: as objects a million of them would take a second to make. */
export interface MemberTable {
  readonly size: number
  readonly ids: Uint32Array
  readonly contents: Uint32Array
  readonly domainIds: Uint32Array
  readonly versions: Uint32Array
  /** NaN where the card states none. */
  readonly sourceAccuracies: Float64Array
  /** Rows of the training data; 2³² − 1 stands for more. */
  readonly trainingRows: Uint32Array
  /** Places in `views`. */
  readonly viewOf: Uint32Array
  readonly views: readonly (string | null)[]
  /** All names one after the other, in UTF-8. */
  readonly nameBytes: Uint8Array
  /** Where the names begin, and where the last one ends, shape (size + 1). */
  readonly nameStarts: Uint32Array
}

/** The name of a member. */
export function memberName({ nameBytes, nameStarts }: MemberTable, row: number): string {
  const { buffer, byteOffset } = nameBytes
  return Buffer.from(buffer, byteOffset, nameBytes.length).toString('utf8', nameStarts[row], nameStarts[row + 1])
}

/** Puts members into columns, in order of name. */
export function memberTable(members: readonly Member[]): MemberTable {
  const sorted = inOrder(members) ? members : [...members].sort((a, b) => compareNames(a.name, b.name))
  const views = [...new Set(sorted.map(({ view }) => view))]
  const placeOf = new Map(views.map((view, place) => [view, place]))
  const nameStarts = new Uint32Array(sorted.length + 1)
  sorted.forEach(({ name }, row) => (nameStarts[row + 1] = nameStarts[row] + Buffer.byteLength(name)))
  const nameBytes = Buffer.alloc(nameStarts[sorted.length])
  sorted.forEach(({ name }, row) => nameBytes.write(name, nameStarts[row]))
  return {
    size: sorted.length,
    ids: Uint32Array.from(sorted, ({ id }) => id),
    contents: Uint32Array.from(sorted, ({ content }) => content),
    domainIds: Uint32Array.from(sorted, ({ domainId }) => domainId),
    versions: Uint32Array.from(sorted, ({ version }) => version),
    sourceAccuracies: Float64Array.from(sorted, ({ sourceAccuracy }) => sourceAccuracy ?? NaN),
    trainingRows: Uint32Array.from(sorted, ({ rows }) => Math.min(rows, 2 ** 32 - 1)),
    viewOf: Uint32Array.from(sorted, ({ view }) => placeOf.get(view)!),
    ...{ views, nameBytes, nameStarts },
  }
}

/** Databases may have another order of text, and mostly do not. */
function inOrder(members: readonly Member[]): boolean {
  return members.every(({ name }, i) => i === 0 || compareNames(members[i - 1].name, name) <= 0)
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
