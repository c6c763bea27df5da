import { ModelHubError } from '../common/modelhub-error.ts'

/** Keys of an index beside the ordinals of its tables, each way in O(1). */
export class KeyedOrdinals<Key> {
  readonly #ordinals = new Map<Key, number>()
  readonly #keys: Key[] = []

  /** @throws USAGE when the key is there already */
  requireNew(key: Key): void {
    if (!this.#ordinals.has(key)) return
    throw new ModelHubError('USAGE', `key: expected one that is not in the index, got ${String(key)}`)
  }

  set(key: Key, ordinal: number): void {
    this.#ordinals.set(key, ordinal)
    this.#keys[ordinal] = key
  }

  keyOf(ordinal: number): Key {
    return this.#keys[ordinal]
  }

  /** @returns the key's ordinal, or undefined when it is not there */
  delete(key: Key): number | undefined {
    const ordinal = this.#ordinals.get(key)
    this.#ordinals.delete(key)
    return ordinal
  }
}
