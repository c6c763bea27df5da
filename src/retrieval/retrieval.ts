/** Something stored that a query found, with the value it was verified by. */
export interface Found<Key> {
  readonly key: Key
  /** Verified, in the engine's own unit: a divergence in nats, a distance, or a similarity in [0, 1]. */
  readonly value: number
}

/** What an answer cost, as counts: no clock is read here. */
export interface RetrievalWork {
  /** Entries in the index. */
  readonly stored: number
  /** Buckets looked up, over all tables and probes. */
  readonly lookups: number
  /** Entries that were compared in full: the candidates. */
  readonly compared: number
}

/** The answer of an engine. */
export interface Retrieval<Key> {
  /** Best first, ties in order of insertion. All of them pass the engine's threshold, verified in full. */
  readonly found: readonly Found<Key>[]
  readonly work: RetrievalWork
}

/**
 * What the engines of this room have in common: they hold vectors or signatures under keys, and a query gives the
 * keys worth a closer look. An engine may miss entries, at a rate it states; it never invents one.
 */
export interface RetrievalEngine<Key, Query> {
  readonly size: number
  query(query: Query): Retrieval<Key>
}
