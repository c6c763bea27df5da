import { existsSync } from 'node:fs'
import { ModelHubError } from '../common/index.ts'
import type { InputSignature } from '../model/index.ts'

/**
 * The .npy file of each tensor, in the card's order, from `NAME=FILE.npy` pairs, or from one bare path for a model of
 * one input.
 *
 * @throws USAGE when a place is no such pair, MODEL_MISMATCH when tensors are missing, unknown or given twice
 */
export function tensorFiles(places: readonly string[], { tensors }: InputSignature): readonly string[] {
  if (tensors.length === 1 && places.length === 1 && existsSync(places[0])) return places
  const names = tensors.map(({ name }) => name)
  const files = new Map<string, string>()
  for (const place of places) {
    const name = names.find(known => place.startsWith(`${known}=`)) ?? /^([^=/\\]+)=/.exec(place)?.[1]
    if (name === undefined && tensors.length === 1 && places.length === 1) return places
    if (name === undefined) throw new ModelHubError('USAGE', `expected ${names[0]}=FILE.npy, got ${place}`)
    if (!names.includes(name)) throw mismatch(names, `an input ${name}`)
    if (files.has(name)) throw mismatch(names, `${name} twice`)
    files.set(name, place.slice(name.length + 1))
  }
  const missing = names.filter(name => !files.has(name))
  if (missing.length > 0) throw mismatch(names, `none for ${missing.join(', ')}`)
  return names.map(name => files.get(name)!)
}

function mismatch(names: readonly string[], got: string): ModelHubError {
  return new ModelHubError('MODEL_MISMATCH', `the model takes inputs ${names.join(', ')}, got ${got}`)
}
