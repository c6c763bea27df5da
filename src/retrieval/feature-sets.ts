/** The sets of features that datasets have, each kept once: most datasets of a domain have the same. */
export class FeatureSets {
  readonly #numbers = new Map<string, number>()
  readonly #sets: Uint32Array[] = []

  /** The number of a set of features, which are ascending. */
  numberOf(features: Uint32Array): number {
    const key = features.join()
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#sets.length)
    return this.#sets.push(features.slice()) - 1
  }

  /** Every set, by number. */
  get all(): readonly Uint32Array[] {
    return this.#sets
  }

  /** How many of some features each set has, shape (sets). */
  sharedWith(features: Uint32Array): Uint32Array {
    const wanted = new Set(features)
    return Uint32Array.from(this.#sets, set => set.reduce((shared, f) => shared + Number(wanted.has(f)), 0))
  }

  /** For each set, the sum of a weight over those of some features that it lacks, shape (sets). */
  lackingOf(features: Uint32Array, weights: Float64Array): Float64Array {
    const total = features.reduce((sum, f) => sum + weights[f], 0)
    const wanted = new Set(features)
    return Float64Array.from(this.#sets, set => {
      let [count, shared] = [0, 0]
      for (const f of set) {
        if (!wanted.has(f)) continue
        count++
        shared += weights[f]
      }
      return count === features.length ? 0 : total - shared
    })
  }
}
