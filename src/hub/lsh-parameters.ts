import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { jsLshParameters } from '../retrieval/index.ts'

const FILE = 'lsh.json'
const SEED = 1

const parameters = z.object({
  shape: z.object({ values: z.int().min(1), bands: z.int().min(1) }),
  width: z.number().positive(),
  probes: z.int().min(0),
  seed: z.int(),
})

/** What hashes of a domain are drawn by, and how they are looked up. */
export type LshParameters = z.infer<typeof parameters>

const lshFile = z.record(z.string(), parameters)

/** Where nothing was tuned: what finds .9 of the pairs within a JS of .1, at the worst distance that it can stand for. */
const UNTUNED = { threshold: 0.1, recall: 0.9, mostHashes: 256 }

/** The parameters of a domain: those that `modelhub index tune` has picked, where it was run. */
export function lshParametersOf(folder: string, domain: number): LshParameters {
  const tuned = readAll(folder)[String(domain)]
  if (tuned) return tuned
  const { shape, width } = jsLshParameters(UNTUNED)
  return { shape, width, probes: 0, seed: SEED }
}

/** Keeps what was picked for some domains; hash tables of other parameters are made anew when they are asked for. */
export function keepLshParameters(folder: string, picked: Readonly<Record<string, Omit<LshParameters, 'seed'>>>): void {
  mkdirSync(folder, { recursive: true })
  const all = { ...readAll(folder) }
  for (const [domain, one] of Object.entries(picked)) all[domain] = { ...one, seed: SEED }
  const temporary = join(folder, `tmp-${randomUUID()}`)
  writeFileSync(temporary, `${JSON.stringify(all, null, 2)}\n`)
  renameSync(temporary, join(folder, FILE))
}

/** Nothing where the file is missing or damaged: it can be picked again. */
function readAll(folder: string): Readonly<Record<string, LshParameters>> {
  const path = join(folder, FILE)
  if (!existsSync(path)) return {}
  try {
    return lshFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return {}
  }
}
