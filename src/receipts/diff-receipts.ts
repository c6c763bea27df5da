import type { Receipt } from './receipt.ts'

/** The same thing in two receipts, where they differ. */
export interface Change {
  readonly name: string
  readonly a: unknown
  readonly b: unknown
}

/** A model's place in one result. */
export interface PlaceInResult {
  readonly rank: number
  readonly version: number
  readonly score: number | null
}

/** A model in two results; null where it is not among those shown. */
export interface ModelChange {
  /** `owner/model` */
  readonly model: string
  readonly a: PlaceInResult | null
  readonly b: PlaceInResult | null
  /** Places risen from a to b, negative when it fell; null where it is missing from one. */
  readonly moved: number | null
  /** b less a; null where one is missing or the two are ranked by different scores. */
  readonly scoreDifference: number | null
  /** Numbers that tell for the model in both results, and differ. */
  readonly evidence: readonly { readonly name: string; readonly a: number; readonly b: number }[]
}

/** What differs between two searches or rankings. */
export interface ReceiptDiff {
  readonly a: Pick<Receipt, 'id' | 'kind' | 'createdAt'>
  readonly b: Pick<Receipt, 'id' | 'kind' | 'createdAt'>
  readonly target: {
    /** By checksums, of the sketch or of the inputs and of the files; null where the receipts have none in common. */
    readonly same: boolean | null
    readonly changes: readonly Change[]
  }
  /** Of ModelHub, of the sketch format, of the hub. */
  readonly versions: readonly Change[]
  readonly parameters: readonly Change[]
  /** Models that were considered, by `owner/model`. */
  readonly considered: {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    readonly otherVersion: readonly { readonly model: string; readonly a: string; readonly b: string }[]
  }
  /** The score that both are ranked by; null where they are ranked by different ones. */
  readonly score: string | null
  readonly firstChanged: boolean
  /** In order of a's ranks, then of b's. */
  readonly models: readonly ModelChange[]
  readonly verdicts: { readonly a: string; readonly b: string }
  /** What differs between the runs of two searches that ran what they found; absent where one of them did not. */
  readonly run?: RunDiff
}

/** What differs between two runs of what was found. */
export type RunDiff = Pick<ReceiptDiff, 'parameters' | 'score' | 'firstChanged' | 'models' | 'verdicts'>

/** What differs between two receipts, read from a to b. */
export function diffReceipts(a: Receipt, b: Receipt): ReceiptDiff {
  const score = scoreOf(a) === scoreOf(b) ? scoreOf(a) : null
  return {
    a: headOf(a),
    b: headOf(b),
    target: { same: sameTarget(a, b), changes: changes(targetOf(a), targetOf(b)) },
    versions: changes(versionsOf(a), versionsOf(b)),
    parameters: changes(parametersOf(a), parametersOf(b)),
    considered: consideredChanges(a.result.considered, b.result.considered),
    score,
    ...resultChanges(a.result, b.result, score !== null),
    ...(a.result.run && b.result.run ? { run: runDiff(a.result.run, b.result.run) } : {}),
  }
}

type Run = NonNullable<Receipt['result']['run']>

function runDiff(a: Run, b: Run): RunDiff {
  const [by, other] = [a, b].map(({ parameters }) => String((parameters.by as readonly string[])[0]))
  const score = by === other ? by : null
  return { parameters: changes(a.parameters, b.parameters), score, ...resultChanges(a, b, score !== null) }
}

type Result = Pick<Receipt['result'], 'results' | 'verdict'>

function resultChanges(a: Result, b: Result, sameScore: boolean) {
  return {
    firstChanged: a.results[0]?.model !== b.results[0]?.model,
    models: modelChanges(a, b, sameScore),
    verdicts: { a: a.verdict.message, b: b.verdict.message },
  }
}

function headOf({ id, kind, createdAt }: Receipt): ReceiptDiff['a'] {
  return { id, kind, createdAt }
}

/** What a receipt's models are ranked by. */
function scoreOf({ kind, result: { parameters } }: Receipt): string {
  return String(kind === 'search' ? parameters.metric : (parameters.by as readonly string[])[0])
}

function targetOf({ target, result: { query } }: Receipt): Readonly<Record<string, unknown>> {
  return { places: target.map(({ place }) => place), rows: query.datasetRows ?? query.rows, features: query.features }
}

/** Every pair of checksums that both receipts have must be equal. */
function sameTarget(a: Receipt, b: Receipt): boolean | null {
  const [queryA, queryB] = [a.result.query, b.result.query]
  const pairs: (readonly [string | null | undefined, string | null | undefined])[] = [
    [queryA.sketchSha256, queryB.sketchSha256],
    ...(a.target.length === b.target.length
      ? a.target.map((place, i) => [place.sha256, b.target[i].sha256] as const)
      : []),
  ]
  // The inputs of the first model also differ where another model came first, so they count only without a sketch.
  if (!queryA.sketchSha256 || !queryB.sketchSha256) pairs.push([queryA.inputsSha256, queryB.inputsSha256])
  const known = pairs.filter(([x, y]) => x && y)
  return known.length === 0 ? null : known.every(([x, y]) => x === y)
}

function versionsOf({ versions, hub, result }: Receipt): Readonly<Record<string, unknown>> {
  return { modelhub: versions.modelhub, 'sketch format': versions.sketchFormat, hub, revision: result.hubRevision }
}

function parametersOf({ options, result }: Receipt): Readonly<Record<string, unknown>> {
  return { ...options, ...result.parameters }
}

function changes(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): Change[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return names
    .filter(name => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
    .map(name => ({ name, a: a[name] ?? null, b: b[name] ?? null }))
}

function consideredChanges(a: readonly string[], b: readonly string[]): ReceiptDiff['considered'] {
  const [before, after] = [a, b].map(byModel)
  return {
    added: [...after.keys()].filter(model => !before.has(model)),
    removed: [...before.keys()].filter(model => !after.has(model)),
    otherVersion: [...before].flatMap(([model, version]) => {
      const now = after.get(model)
      return now === undefined || now === version ? [] : [{ model, a: version, b: now }]
    }),
  }
}

/** Versions by model; several of one model together. */
function byModel(references: readonly string[]): ReadonlyMap<string, string> {
  const versions = new Map<string, string>()
  for (const reference of references) {
    const at = reference.lastIndexOf('@')
    const [model, version] = [reference.slice(0, at), reference.slice(at + 1)]
    const known = versions.get(model)
    versions.set(model, known === undefined ? version : `${known}, ${version}`)
  }
  return versions
}

type Row = Receipt['result']['results'][number]

function modelChanges(a: Result, b: Result, sameScore: boolean): ModelChange[] {
  const names = [...new Set([...a.results, ...b.results].map(({ model }) => model))]
  return names.map(model => {
    const [rowA, rowB] = [a, b].map(({ results }) => results.find(row => row.model === model))
    const both = rowA !== undefined && rowB !== undefined
    const scores = both && sameScore && rowA.score !== null && rowB.score !== null
    return {
      model,
      a: placeOf(rowA),
      b: placeOf(rowB),
      moved: both ? rowA.rank - rowB.rank : null,
      scoreDifference: scores ? rowB.score! - rowA.score! : null,
      evidence: both ? evidenceChanges(rowA, rowB) : [],
    }
  })
}

function placeOf(row: Row | undefined): PlaceInResult | null {
  return row === undefined ? null : { rank: row.rank, version: row.version, score: row.score }
}

/** No evidence of how well a model serves the target, or shown already. */
const NO_EVIDENCE = ['rank', 'version', 'score', 'sizeBytes', 'millisecondsPerRow']

function evidenceChanges(a: Row, b: Row): ModelChange['evidence'] {
  const [before, after] = [a, b].map(numbersOf)
  return Object.keys(before)
    .filter(name => name in after && before[name] !== after[name])
    .map(name => ({ name, a: before[name], b: after[name] }))
}

function numbersOf(row: Row): Readonly<Record<string, number>> {
  const all = { ...row, ...(row.scores as object | undefined) }
  return Object.fromEntries(
    Object.entries(all).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && !NO_EVIDENCE.includes(entry[0]),
    ),
  )
}
