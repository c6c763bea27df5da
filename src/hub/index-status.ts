import { listDomains, type Catalog } from '../catalog/index.ts'
import { DomainSegments, removeSegments, segmentDomains } from '../segments/index.ts'
import { codedDomain, membersOf, type HubIndex, type IndexWork } from './hub-index.ts'
import { lshParametersOf, type LshParameters } from './lsh-parameters.ts'
import { readConsistently } from './read-consistently.ts'
import { loadDomain } from './stored-domain.ts'

/** The index of one domain. */
export interface DomainStatus {
  readonly domain: string
  readonly referenceVersion: number
  /** Latest versions of models. */
  readonly models: number
  /** Of them, those that the files hold as they are today. */
  readonly indexed: number
  readonly segments: number
  readonly sizeBytes: number
  /** Files that cannot be used, with the reason. */
  readonly unused: readonly { readonly path: string; readonly reason: string; readonly message: string }[]
  /** What JS-LSH hashes by. */
  readonly lsh: LshParameters
}

/** The index of a hub. */
export interface IndexStatus {
  readonly folder: string
  readonly domains: readonly DomainStatus[]
}

/** Looks at the files of an index, all codes of merged bins among them, and changes nothing. */
export function indexStatus(catalog: Catalog, index: HubIndex): Promise<IndexStatus> {
  const folder = catalog.indexFolder
  return index.exclusively(() =>
    readConsistently(catalog, async revision => {
      const members = await index.members(revision)
      const domains: DomainStatus[] = []
      for (const { id, name, referenceVersion } of await listDomains(catalog.db)) {
        const own = membersOf(members, id)
        const segments = DomainSegments.open(folder, codedDomain(await loadDomain(catalog.db, id), id))
        try {
          const damaged = segments.damaged()
          domains.push({
            ...{ domain: name, referenceVersion, models: own.ids.length },
            indexed: own.ids.length - segments.coverage(own).missing.length,
            segments: segments.segments.length,
            sizeBytes: segments.sizeBytes,
            unused: [...segments.unused, ...damaged],
            lsh: lshParametersOf(folder, id),
          })
        } finally {
          segments.close()
        }
      }
      return { folder, domains }
    }),
  )
}

/**
 * Makes the index anew from the catalog. The old files stay until the new ones are there: who searches meanwhile has
 * them, and whoever cancels loses nothing.
 *
 * @throws CANCELLED
 */
export async function rebuildIndex(catalog: Catalog, index: HubIndex, work: IndexWork): Promise<IndexStatus> {
  await index.exclusively(() =>
    readConsistently(catalog, async revision => {
      const members = await index.members(revision)
      const domains = new Set(members.domainIds)
      for (const domain of segmentDomains(catalog.indexFolder)) {
        if (!domains.has(domain)) removeSegments(catalog.indexFolder, domain)
      }
      for (const domain of domains) await index.rebuild(domain, revision, work)
    }),
  )
  return indexStatus(catalog, index)
}
