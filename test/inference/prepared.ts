import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { NpyWriter, openNpy, preparedInputs, type PreparedInputs, type WrittenInput } from '../../src/tensors/index.ts'

/** Values of one graph input: float32, or 64-bit integers. */
export interface InputValues {
  readonly values: readonly number[] | Float32Array
  /** Sizes of one row. */
  readonly rowShape: readonly number[]
  readonly type?: 'float32' | 'int64'
}

/** Prepared inputs of given values, in a folder of their own inside the one given. */
export async function prepared(folder: string, inputs: Readonly<Record<string, InputValues>>): Promise<PreparedInputs> {
  const place = mkdtempSync(join(folder, 'inputs-'))
  const written: WrittenInput[] = []
  for (const [name, { values, rowShape, type = 'float32' }] of Object.entries(inputs)) {
    const npy = await NpyWriter.create(join(place, `${name}.npy`), type, rowShape)
    await npy.append(type === 'int64' ? BigInt64Array.from(values as number[], BigInt) : Float32Array.from(values))
    written.push({ ...(await npy.close()), name, file: `${name}.npy` })
  }
  return preparedInputs(place, written)
}

/** All numbers of an .npy file. */
export async function numbersOf(path: string): Promise<number[]> {
  const npy = await openNpy(path)
  const values = (await npy.rows(0, npy.shape[0])) as Float32Array
  await npy.close()
  return [...values]
}
