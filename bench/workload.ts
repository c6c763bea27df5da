import type { Sketch } from '../src/sketch/sketch.ts'

/** The same data in both profiles: the default one for the joint space, the 2020 paper's beside it. */
export interface SketchPair {
  readonly default: Sketch
  readonly paper: Sketch
}

export interface WorkloadModel {
  readonly id: string
  /** Of what it was trained on. */
  readonly sketches: SketchPair
  readonly sourceAccuracy: number
  readonly sizeBytes: number
  /** Measured accuracy, or F1, by target. */
  readonly serving: ReadonlyMap<string, number>
}

export interface WorkloadTarget {
  readonly id: string
  readonly sketches: SketchPair
}

/** Models of a zoo, and data that they were measured on. */
export interface Workload {
  readonly name: string
  /** One sentence: what is sketched, what is measured, who is no candidate. */
  readonly about: string
  readonly models: readonly WorkloadModel[]
  readonly targets: readonly WorkloadTarget[]
  /** Whether a model was trained on the target's own data, or on its twin's: then it is no candidate. */
  isOwn(model: string, target: string): boolean
}

/** The models a target is searched among. */
export function candidatesOf({ models, isOwn }: Workload, target: WorkloadTarget): WorkloadModel[] {
  return models.filter(({ id, serving }) => !isOwn(id, target.id) && serving.has(target.id))
}
