import { findVersion, readCard, type Catalog, type VersionRecord } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import { parseModelCard } from '../model/index.ts'
import { compareTraining, fitsOf, type Candidate, type Evidence, type SearchParameters } from '../search/index.ts'
import { checkParameters } from './check-parameters.ts'
import { loadCandidates } from './load-candidates.ts'
import type { LoadedSketch } from './load-sketch.ts'

const FEWEST = 2
const MOST = 6

export interface CompareOptions extends Partial<Pick<SearchParameters, 'match' | 't2' | 'threshold'>> {
  /** Data that the models might serve. */
  readonly target?: LoadedSketch
}

/** How one dataset fits another (see `Evidence`). */
export type Covering = Pick<Evidence, 'overlap' | 'fit' | 'coverage' | 'softCoverage' | 'adaptivity' | 'js'>

/** One of the models compared. */
export interface ComparedModel extends Pick<
  VersionRecord,
  | 'version'
  | 'yanked'
  | 'task'
  | 'license'
  | 'sourceAccuracy'
  | 'sizeBytes'
  | 'parameters'
  | 'inputs'
  | 'outputs'
  | 'rows'
  | 'publishedAt'
> {
  /** `owner/model` */
  readonly model: string
  readonly labels: readonly string[]
  /** Features of the training data. */
  readonly features: number
  /** To the target, where there is one. */
  readonly fit?: Covering
}

/** Models beside each other. */
export interface ModelComparison {
  /** In the order asked for. */
  readonly models: readonly ComparedModel[]
  /** How the training data of `model` fit those of `other`, both as `owner/model@3`, for every two. */
  readonly training: readonly (Covering & { readonly model: string; readonly other: string })[]
  readonly target?: { readonly source: string; readonly rows: number; readonly features: number }
}

/**
 * Puts 2 to 6 models beside each other: what their cards say, how their training data fit each other's, and how they
 * fit a target.
 *
 * @throws MODEL_NOT_FOUND; USAGE for another number of models, or the same one twice
 */
export async function compareModels(
  catalog: Catalog,
  names: readonly string[],
  { target, ...options }: CompareOptions,
): Promise<ModelComparison> {
  const parameters = checkParameters({ ...options, top: 1 })
  const versions = await distinctVersions(catalog, names)
  const domains = await loadCandidates(catalog, { only: versions, sketches: true })
  const order = versions.map(refOf)
  const fits =
    target && new Map(fitsOf(target.sketch, domains, parameters).map(fit => [refOf(fit.model), fit.evidence]))
  const models: ComparedModel[] = []
  for (const version of versions) {
    const fit = fits?.get(refOf(version))
    models.push({ ...(await factsOf(catalog, version)), ...(fit && { fit: coveringOf(fit) }) })
  }
  const training = compareTraining(domains, parameters)
    .map(({ model, other, evidence }) => ({ model: refOf(model), other: refOf(other), ...coveringOf(evidence) }))
    .sort((a, b) => order.indexOf(a.other) - order.indexOf(b.other) || order.indexOf(a.model) - order.indexOf(b.model))
  return { models, training, ...(target && { target: factsOfTarget(target) }) }
}

async function distinctVersions(catalog: Catalog, names: readonly string[]): Promise<VersionRecord[]> {
  if (names.length < FEWEST || names.length > MOST) {
    throw new ModelHubError('USAGE', `compare: expected ${FEWEST} to ${MOST} models, got ${names.length}`)
  }
  const versions: VersionRecord[] = []
  for (const name of names) {
    const version = await findVersion(catalog.db, name)
    if (versions.some(({ id }) => id === version.id)) {
      throw new ModelHubError('USAGE', `compare: expected different models, got ${refOf(version)} twice`)
    }
    versions.push(version)
  }
  return versions
}

async function factsOf(catalog: Catalog, version: VersionRecord): Promise<ComparedModel> {
  const { frontMatter } = parseModelCard(await readCard(catalog.db, version.id))
  const { name, yanked, task, license, sourceAccuracy, sizeBytes, parameters, inputs, outputs, rows } = version
  return {
    ...{ model: name, version: version.version, yanked, task, license, sourceAccuracy, sizeBytes, parameters },
    ...{ inputs, outputs, labels: frontMatter.modelhub.labels },
    ...{ rows, features: version.featureSlots.length, publishedAt: version.publishedAt },
  }
}

function coveringOf({ overlap, fit, coverage, softCoverage, adaptivity, js }: Evidence): Covering {
  return { overlap, fit, coverage, softCoverage, adaptivity, js }
}

function factsOfTarget({ source, sketch }: LoadedSketch) {
  return { source, rows: sketch.rows, features: sketch.features.length }
}

function refOf({ name, version }: Pick<Candidate, 'name' | 'version'>): string {
  return `${name}@${version}`
}
