import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { prepareInputs, type PrepareOptions, type PreparedDataset } from '../../src/inputs/index.ts'
import type { InputSignature } from '../../src/model/index.ts'
import { openNpy } from '../../src/tensors/index.ts'

/** A prepared dataset with the values of its tensors, by name, as plain numbers. */
export interface ReadInputs extends PreparedDataset {
  readonly values: Readonly<Record<string, readonly number[]>>
}

/** Prepares a dataset and reads what was written. */
export async function prepareAndRead(
  places: string | readonly string[],
  signature: InputSignature,
  options: PrepareOptions,
): Promise<ReadInputs> {
  const prepared = await prepareInputs(places, signature, options)
  const values: Record<string, readonly number[]> = {}
  for (const { name, file } of prepared.tensors) {
    const npy = await openNpy(join(prepared.folder, file))
    values[name] = Array.from<number | bigint, number>(await npy.rows(0, npy.shape[0]), Number)
    await npy.close()
  }
  return { ...prepared, values }
}

/** Code and message of the fault that preparing ends in, and what it left in the folder. */
export async function prepareFault(
  places: string | readonly string[],
  signature: InputSignature,
  options: PrepareOptions,
) {
  try {
    await prepareInputs(places, signature, options)
  } catch (error) {
    const { code, message } = error as Error & { code: string }
    let left: readonly string[] = []
    try {
      left = readdirSync(options.folder)
    } catch {
      left = []
    }
    return { code, message, left }
  }
  throw new Error('prepared without a fault')
}
