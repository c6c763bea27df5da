/**
 * The kinds of feature. Booleans are categorical with the values `true` and `false`; timestamps arrive as their
 * numeric parts.
 */
export type FeatureType = 'numeric' | 'categorical' | 'text'

/** A column of a table, a dimension of a descriptor or embedding, or the words of a text field. */
export interface Feature {
  readonly name: string
  readonly type: FeatureType
}
