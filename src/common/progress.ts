/** One step of long work. `total` is absent while it is unknown. */
export interface ProgressEvent {
  /** What is being done, as in `counting`. */
  readonly stage: string
  readonly done: number
  readonly total?: number
  /** What `done` and `total` count, as in `rows`. */
  readonly unit: string
}

/** Long work reports its progress here; a face draws it. */
export type ProgressHook = (event: ProgressEvent) => void
