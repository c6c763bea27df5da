import type { ModelCard } from '../model/index.ts'

/** A model that is to be run on a target. */
export interface RankCandidate {
  /** `owner/model` */
  readonly name: string
  readonly version: number
  /** Of its ONNX file and what belongs to it: models of one checksum give the same. */
  readonly sha256: string
  /** Folder of the model's files. */
  readonly folder: string
  readonly onnxPath: string
  readonly card: ModelCard
  /** Tensor that is taken as the layer: the card's embedding or the input of the last dense layer; null for none. */
  readonly embedding: string | null
  readonly sizeBytes: number
  readonly license: string | null
  /** In [0, 1]; null where the card states none. */
  readonly sourceAccuracy: number | null
  /** Fit of its training data to the target, in [0, 1], where sketches told. */
  readonly fit?: number
  /** Mean accuracy on the hub's other labelled datasets, in [0, 1], where its history has any. */
  readonly elsewhere?: number
}
