/** Distances of each row, shape (rows) both. */
export interface Separation {
  /** Mean distance to the others of the own class; 0 in a class of one. */
  readonly a: Float64Array
  /** Distance to the nearest other class. */
  readonly b: Float64Array
}
