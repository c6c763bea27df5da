import { join } from 'node:path'
import { findVersion, listVersions, readCard, type Catalog, type VersionRecord } from '../catalog/index.ts'
import { parseModelCard, type ModelCard } from '../model/index.ts'
import type { RankCandidate } from '../rank/index.ts'
import type { DomainCandidates } from '../search/index.ts'
import { loadCandidates } from './load-candidates.ts'
import { candidateOf } from './model-to-run.ts'
import type { HubEvaluateOptions } from './evaluate-options.ts'

/** The models of a hub that are evaluated on one dataset after another, as they were at the start. */
export interface EvaluationZoo {
  readonly versions: readonly VersionRecord[]
  /** With what sketches are compared by. */
  readonly domains: readonly DomainCandidates[]
  card(version: VersionRecord): Promise<ModelCard>
  /** As it can be run; its files are put into the scratch folder once. */
  candidate(version: VersionRecord, fit: number | undefined): Promise<RankCandidate>
}

/**
 * Opens the models that are to be evaluated: those named, or the latest version of all.
 *
 * @param scratch folder for the models' files
 * @throws MODEL_NOT_FOUND, USAGE for names that are none
 */
export async function openEvaluationZoo(
  catalog: Catalog,
  { models, where, reference }: HubEvaluateOptions,
  scratch: string,
): Promise<EvaluationZoo> {
  const versions = models
    ? await Promise.all(models.map(name => findVersion(catalog.db, name)))
    : await listVersions(catalog.db, { where })
  const cards = new Map<number, Promise<ModelCard>>()
  const candidates = new Map<number, Promise<RankCandidate>>()
  return {
    versions,
    domains: await loadCandidates(catalog, { only: versions, sketches: reference !== undefined }),
    card: ({ id }) => once(cards, id, async () => parseModelCard(await readCard(catalog.db, id))),
    async candidate(version, fit) {
      const folder = join(scratch, `model-${version.id}`)
      return { ...(await once(candidates, version.id, () => candidateOf(catalog, version, { folder }))), fit }
    },
  }
}

function once<T>(known: Map<number, Promise<T>>, id: number, make: () => Promise<T>): Promise<T> {
  const found = known.get(id) ?? make()
  known.set(id, found)
  return found
}
