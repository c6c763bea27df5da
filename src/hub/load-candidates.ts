import { listVersions, loadBlocks, type Catalog, type CatalogReader, type VersionRecord } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import type { Candidate, DomainCandidates } from '../search/index.ts'
import { decodeBlocks, type BlockLayout } from '../sketch/block-codec.ts'
import { blockColumns } from '../sketch/dataset-blocks.ts'
import type { Domain } from '../sketch/domain.ts'
import { readSketch } from '../sketch/read-sketch.ts'
import { readConsistently } from './read-consistently.ts'
import { loadDomain } from './stored-domain.ts'

export interface CandidateOptions {
  /** Models left out, as `owner/model`. */
  readonly exclude?: readonly string[]
  /** Only those that fulfil this condition. */
  readonly where?: string
  /** Only these versions, yanked or not. */
  readonly only?: readonly VersionRecord[]
  /** Load the whole sketches too, for the pooled space. */
  readonly sketches?: boolean
}

/**
 * The models of a hub with what a search compares, by domain. Read again when somebody wrote to the hub meanwhile, so
 * that domains and blocks belong together.
 *
 * @throws HUB_BUSY when the hub changes faster than it can be read
 */
export function loadCandidates(catalog: Catalog, options: CandidateOptions = {}): Promise<DomainCandidates[]> {
  return readConsistently(catalog, () => loadOnce(catalog, options))
}

/** `loadCandidates` for a caller that makes sure itself that nobody writes meanwhile. */
export async function loadOnce(catalog: Catalog, options: CandidateOptions): Promise<DomainCandidates[]> {
  const versions = await chosenVersions(catalog.db, options)
  const domainIds = new Set(versions.flatMap(({ domainId }) => domainId ?? []))
  const domains: DomainCandidates[] = []
  for (const domainId of domainIds) {
    const members = versions.filter(version => version.domainId === domainId)
    const domain = await loadDomain(catalog.db, domainId)
    const candidates = await candidatesOf(catalog, { domain, members, sketches: options.sketches ?? false })
    domains.push({ domain, candidates })
  }
  return domains
}

async function chosenVersions(
  db: CatalogReader,
  { only, exclude = [], where }: CandidateOptions,
): Promise<readonly VersionRecord[]> {
  if (only) return only
  return (await listVersions(db, { where })).filter(({ name }) => !exclude.includes(name))
}

async function candidatesOf(
  catalog: Catalog,
  { domain, members, sketches }: { domain: Domain; members: readonly VersionRecord[]; sketches: boolean },
): Promise<Candidate[]> {
  const blocks = await loadBlocks(
    catalog.db,
    members.map(({ id }) => id),
  )
  return Promise.all(
    members.map(async member => {
      const block = blocks.get(member.id)
      if (!block) throw new ModelHubError('HUB_DAMAGED', `${member.name}@${member.version}: its block is missing`)
      const columns = blockColumns(domain, member.featureSlots)
      return {
        name: member.name,
        version: member.version,
        sourceAccuracy: member.sourceAccuracy,
        sizeBytes: member.sizeBytes,
        license: member.license,
        view: member.view,
        slotOf: member.featureSlots,
        columns,
        stored: decodeBlocks(block.layout as BlockLayout, block.bytes, columns),
        sketch: sketches ? await readSketch(await catalog.objects.get(member.sketchSha256), member.name) : undefined,
      }
    }),
  )
}
