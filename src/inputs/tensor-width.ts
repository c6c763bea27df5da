import { ModelHubError } from '../common/index.ts'
import type { InputSignature } from '../model/index.ts'

/**
 * Sizes of one row of each tensor, into which `columns` numbers go: as the card states them. A size that it leaves open
 * takes what the others leave, where that is one size of a single tensor.
 *
 * @throws MODEL_MISMATCH when the columns do not fill the tensors
 */
export function rowShapes({ tensors }: InputSignature, columns: number): readonly (readonly number[])[] {
  const isOpen = (size: number | string) => typeof size === 'string'
  const known = tensors.map(({ shape }) => product(shape.slice(1).filter(size => !isOpen(size)) as number[]))
  const open = tensors.flatMap(({ shape }) => shape.slice(1).filter(isOpen)).length
  const isSolvable = open === 0 || (open === 1 && tensors.length === 1 && columns % known[0] === 0)
  const width = open === 0 ? known.reduce((sum, size) => sum + size, 0) : columns
  if (!isSolvable || width !== columns) {
    const stated = tensors.map(({ name, shape }) => `${name} (${shape.join(', ')})`).join(', ')
    throw new ModelHubError('MODEL_MISMATCH', `modelhub.input: ${columns} columns do not fill ${stated}`)
  }
  return tensors.map(({ shape }) => shape.slice(1).map(size => (typeof size === 'string' ? columns / known[0] : size)))
}

/** How many numbers a row of a shape holds. */
export function product(shape: readonly number[]): number {
  return shape.reduce((sum, size) => sum * size, 1)
}
