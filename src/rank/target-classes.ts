import { joinLabelSpaces } from '../confidence/index.ts'

/** The labels of the rows as numbers, and as classes of a model. */
export interface TargetClasses {
  /** The distinct labels numbered in order of appearance, shape (rows). */
  readonly classes: Int32Array
  /** Each row's label among a model's classes by name, −1 for one that it does not know: shape (rows). */
  knownTo(labels: readonly string[]): Int32Array
}

/** Numbers the labels of rows. Names are equal as in `joinLabelSpaces`. */
export function targetClasses(rows: readonly string[]): TargetClasses {
  const names = [...new Set(rows)]
  const { positions } = joinLabelSpaces(names.map(name => [name]))
  const numberOf = new Map(names.map((name, i) => [name, positions[i][0]]))
  const classes = Int32Array.from(rows, name => numberOf.get(name)!)
  return {
    classes,
    knownTo(labels) {
      const joined = joinLabelSpaces([labels, ...names.map(name => [name])])
      const known = new Map(names.map((name, i) => [name, joined.positions[i + 1][0]]))
      return Int32Array.from(rows, name => {
        const position = known.get(name)!
        return position < labels.length ? position : -1
      })
    },
  }
}

/**
 * The label of each row among a model's classes, names joined as in `joinLabelSpaces`: −1 for a row without a label, and
 * for a label that the model does not know. Shape (rows).
 */
export function knownClasses(rows: readonly (string | undefined)[], classes: readonly string[]): Int32Array {
  const known = targetClasses(rows.filter(label => label !== undefined)).knownTo(classes)
  let next = 0
  return Int32Array.from(rows, label => (label === undefined ? -1 : known[next++]))
}
