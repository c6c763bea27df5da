import type { InputSignature } from '../model/index.ts'
import { normaliser, replacements, type ColumnRanges, type Normaliser } from './normaliser.ts'

/**
 * Turns the values of a dataset's columns into what is fed, and learns from all rows what that needs: the ranges for
 * `min-max-of-batch`.
 */
export class ColumnScaler {
  /** Whether all rows must be seen before the first is scaled. */
  readonly needsRanges: boolean
  private readonly signature: InputSignature
  private readonly columns: number
  private readonly replacement?: Float64Array
  private readonly ranges: ColumnRanges
  private normalise?: Normaliser

  /**
   * @param columns how many numbers a row has
   * @throws MODEL_MISMATCH when the card's lists do not agree with the columns
   */
  constructor(signature: InputSignature, columns: number) {
    this.signature = signature
    this.columns = columns
    this.needsRanges = signature.normalisation?.kind === 'min-max-of-batch'
    this.replacement = replacements(signature, columns)
    this.ranges = {
      min: new Float64Array(columns).fill(Infinity),
      max: new Float64Array(columns).fill(-Infinity),
    }
    if (!this.needsRanges) this.normalise = normaliser(signature.normalisation, columns)
  }

  /** Widens the range of a column by a value; NaN that is fed as NaN does not count. */
  see(value: number, column: number): void {
    const { min, max } = this.ranges
    const seen = this.filled(value, column)
    if (seen < min[column]) min[column] = seen
    if (seen > max[column]) max[column] = seen
  }

  /** What is fed for a value of a column. */
  scaled(value: number, column: number): number {
    this.normalise ??= normaliser(this.signature.normalisation, this.columns, this.ranges)
    return this.normalise(this.filled(value, column), column)
  }

  /** What the user should be told of columns with missing values. */
  missingTold(missing: number, columns: string): string {
    const fate = this.replacement ? 'are replaced before normalisation' : 'are fed as NaN'
    return `${missing} missing or infinite values in ${columns} ${fate}`
  }

  private filled(value: number, column: number): number {
    return this.replacement && !Number.isFinite(value) ? this.replacement[column] : value
  }
}
