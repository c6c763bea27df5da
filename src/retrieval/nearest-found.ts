import type { Found } from './retrieval.ts'

/** The nearest of what was verified so far, and all that tie with the last one wanted. */
export class NearestFound {
  readonly #most: number
  #kept: Found<number>[] = []

  constructor(most: number) {
    this.#most = most
  }

  /** The value that something must not exceed to be among them. */
  get threshold(): number {
    return this.#kept.length < this.#most ? Infinity : this.#kept[this.#most - 1].value
  }

  add(found: Found<number>): void {
    if (found.value > this.threshold) return
    let at = this.#kept.length
    while (at > 0 && this.#kept[at - 1].value > found.value) at--
    this.#kept.splice(at, 0, found)
    const { threshold } = this
    this.#kept = this.#kept.filter(({ value }) => value <= threshold)
  }

  /** Best first. */
  get all(): readonly Found<number>[] {
    return this.#kept
  }
}
