import {
  contentSha256,
  domainMembers,
  findDomain as findDomainByName,
  findVersionByContent,
  insertVersion,
  listDomains,
  saveBlocks,
  saveDomain,
  type Catalog,
  type CatalogTransaction,
  type DomainRecord,
  type Publication,
  type VersionRecord,
} from '../catalog/index.ts'
import { sourceAccuracy } from '../model/index.ts'
import { EMPTY_DOMAIN, findDomain, foundSlots, slotsOfNewcomer, slotsToFound, type Domain } from '../sketch/domain.ts'
import { readSketch } from '../sketch/read-sketch.ts'
import type { Sketch } from '../sketch/sketch.ts'
import { memberBlocks } from './model-blocks.ts'
import type { ModelFolder } from './model-folder.ts'
import { loadDomain, slotRecords } from './stored-domain.ts'

/** A model ready to be published. */
export interface PublishInput {
  readonly model: ModelFolder
  /** `owner/model` */
  readonly name: string
  readonly sketch: Sketch
  readonly sketchBytes: Uint8Array
}

/** The domain a newcomer joins, as it is before. */
interface Joined {
  readonly record: Omit<DomainRecord, 'id'> & { readonly id?: number }
  readonly domain: Domain
}

/**
 * Publishes a model in one transaction: its version, its place in a domain, and what searches read. Either all of it
 * happens or nothing; publishing the same content again changes nothing.
 */
export function publishModel(catalog: Catalog, input: PublishInput, now: Date): Promise<Publication> {
  const { model, sketchBytes } = input
  const objects = [{ path: model.onnxPath }, sketchBytes, ...model.external.map(({ path }) => ({ path }))]
  return catalog.write(
    async (tx, [onnx, sketch, ...external]) => {
      const files = external.map((stored, i) => ({ ...stored, location: model.external[i].location }))
      const content = { card: model.cardText, onnxSha256: onnx.sha256, sketchSha256: sketch.sha256, files }
      const same = await findVersionByContent(tx, input.name, contentSha256(content))
      if (same) return { version: same, created: false }
      const sizeBytes = [onnx, ...files].reduce((sum, stored) => sum + stored.sizeBytes, 0)
      return insertMember(tx, catalog, { ...input, content, sizeBytes, now })
    },
    { objects },
  )
}

interface Newcomer extends PublishInput {
  readonly content: { card: string; onnxSha256: string; sketchSha256: string }
  readonly sizeBytes: number
  readonly now: Date
}

async function insertMember(tx: CatalogTransaction, catalog: Catalog, newcomer: Newcomer): Promise<Publication> {
  const { model, name, sketch, content, sizeBytes } = newcomer
  const { frontMatter } = model.card
  const { record, domain } = await domainFor(tx, newcomer)
  const members = record.id === undefined ? [] : await domainMembers(tx, record.id)
  const slotOf = slotsOfNewcomer(domain, sketch)
  const founded = slotsToFound(domain, slotOf)
  const rebinned = members.filter(member => founded.some(slot => member.featureSlots.includes(slot)))
  const others = await Promise.all(rebinned.map(member => storedMember(catalog, member)))
  const grown = foundSlots(domain, founded, [...others, { sketch, slotOf }])
  const saved =
    founded.length === 0 && record.id !== undefined
      ? { ...record, id: record.id }
      : await saveDomain(tx, { ...record, referenceVersion: record.referenceVersion + 1 }, slotRecords(grown))
  const publication = await insertVersion(tx, {
    ...content,
    name,
    publishedAt: laterThan(members.at(-1), newcomer.now),
    license: [frontMatter.license ?? []].flat().join(', ') || null,
    task: frontMatter.pipeline_tag ?? null,
    sourceAccuracy: sourceAccuracy(model.card) ?? null,
    sizeBytes,
    opset: model.graph.opset,
    inputs: model.graph.inputs,
    outputs: model.graph.outputs,
    lastDense: model.graph.lastDense ?? null,
    parameters: model.graph.parameters,
    domainId: saved.id,
    featureSlots: slotOf,
    ...{ rows: sketch.rows, view: sketch.view ?? null },
  })
  await saveBlocks(
    tx,
    [
      ...rebinned.map((member, i) => ({ versionId: member.id, ...memberBlocks(grown, others[i]) })),
      { versionId: publication.version.id, ...memberBlocks(grown, { sketch, slotOf }) },
    ].map(block => ({ ...block, referenceVersion: saved.referenceVersion })),
  )
  return publication
}

/** The domain the card names, or else the one whose features overlap most, or else a new one. */
async function domainFor(tx: CatalogTransaction, { model, name, sketch }: Newcomer): Promise<Joined> {
  const named = model.card.frontMatter.modelhub.domain
  if (named !== undefined) {
    const record = await findDomainByName(tx, named)
    return record
      ? { record, domain: await loadDomain(tx, record.id) }
      : { record: { name: named, referenceVersion: 0 }, domain: EMPTY_DOMAIN }
  }
  const records = await listDomains(tx)
  const domains: Domain[] = []
  for (const { id } of records) domains.push(await loadDomain(tx, id))
  const found = findDomain(domains, sketch)
  return found >= 0
    ? { record: records[found], domain: domains[found] }
    : { record: { name: freeName(name, records), referenceVersion: 0 }, domain: EMPTY_DOMAIN }
}

/** A new domain is called after its first model; another one may be so already, of an earlier version of it. */
function freeName(name: string, records: readonly DomainRecord[]): string {
  const taken = new Set(records.map(record => record.name))
  let free = name
  for (let n = 2; taken.has(free); n++) free = `${name} ${n}`
  return free
}

async function storedMember(catalog: Catalog, { sketchSha256, featureSlots }: VersionRecord) {
  const bytes = await catalog.objects.get(sketchSha256)
  return { sketch: await readSketch(bytes, sketchSha256), slotOf: featureSlots }
}

/** Members of a domain are told apart by time of publication, so that the order of its founders is never in doubt. */
function laterThan(last: VersionRecord | undefined, now: Date): string {
  const after = last ? Date.parse(last.publishedAt) + 1 : 0
  return new Date(Math.max(now.getTime(), after)).toISOString()
}
