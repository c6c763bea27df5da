import type { EvaluatedDataset, VersionRecord } from '../catalog/index.ts'
import type { ModelCard } from '../model/index.ts'

/** Why a dataset is a version's own: the user said so, it is the very training data, or the card names it. */
export type OwnReason = 'told' | 'training data' | 'named by the card'

/**
 * Whether a dataset is a version's own, so that how well it does there says nothing of how it does elsewhere; undefined
 * when nothing says so.
 *
 * @param told ids of the versions that the user named for the dataset
 */
export function ownReason(
  dataset: EvaluatedDataset,
  version: VersionRecord,
  { told, card }: { readonly told: ReadonlySet<number>; readonly card: ModelCard },
): OwnReason | undefined {
  if (told.has(version.id)) return 'told'
  if (version.sketchSha256 === dataset.sha256) return 'training data'
  const name = dataset.name.toLowerCase()
  return trainingDatasets(card).some(stated => stated.toLowerCase() === name) ? 'named by the card' : undefined
}

/** Names of the datasets that a card says its model was trained and measured on. */
function trainingDatasets({ frontMatter }: ModelCard): string[] {
  const measured = (frontMatter['model-index'] ?? []).flatMap(({ results }) => results)
  return [
    ...[frontMatter.datasets ?? []].flat(),
    ...measured.flatMap(({ dataset }) => [dataset?.type ?? [], dataset?.name ?? []].flat()),
  ]
}
