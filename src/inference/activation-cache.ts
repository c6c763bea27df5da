import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { namingWriteFaults } from '../common/index.ts'
import { openNpy } from '../tensors/index.ts'
import type { KeptFacts } from './model-facts.ts'
import type { OutputFile, Pooling } from './model-run.ts'

/** Bytes a cache may hold unless told: 2 GiB. */
export const DEFAULT_CACHE_BYTES = 2 * 2 ** 30

/** Goes into every key: files of another layout are never found, and leave as the least recently used. */
const LAYOUT = 1
const SCRATCH = 'run-'
/** Folders that tensors lie in: the first two digits of their keys. */
const IS_SHELF = /^[0-9a-f]{2}$/
const STALE_AFTER_MS = 24 * 3600 * 1000

/** What a cached tensor is of. */
export interface ActivationKey {
  /** SHA-256 of the model. */
  readonly model: string
  /** SHA-256 of the prepared inputs. */
  readonly inputs: string
  readonly tensor: string
  readonly pooling: Pooling
}

/** What a cache holds. */
export interface CacheStatus {
  readonly folder: string
  readonly tensors: number
  readonly sizeBytes: number
}

interface CachedFile {
  readonly path: string
  readonly sizeBytes: number
  readonly usedMs: number
}

/**
 * Tensors that models gave, kept in a folder under the checksum of what they are of: `ab/abcdef….npy`, and
 * `models/<checksum>.json` for what was learnt of a model. Files appear whole, by renaming. Beyond the size limit the
 * least recently used go, but none that this object has given or taken and that was not released.
 */
export class ActivationCache {
  private readonly folder: string
  private readonly maxBytes: number
  /** How often each file was given or taken, and not released. */
  private readonly inUse = new Map<string, number>()

  private constructor(folder: string, maxBytes: number) {
    this.folder = folder
    this.maxBytes = maxBytes
  }

  /** Opens the cache in a folder, which is made where there is none, for its owner alone; {@link defaultCacheFolder} unless told. */
  static async open(folder = defaultCacheFolder(), maxBytes = DEFAULT_CACHE_BYTES): Promise<ActivationCache> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const cache = new ActivationCache(folder, maxBytes)
    await cache.removeStaleScratch()
    return cache
  }

  /** A folder of this cache for a run, not made yet; files are moved from it into the cache. */
  scratchFolder(): string {
    return join(this.folder, `${SCRATCH}${randomUUID()}`)
  }

  /** A tensor; undefined where it is not there, or damaged. */
  async find(key: ActivationKey): Promise<OutputFile | undefined> {
    const path = this.pathOf(key)
    const shape = await shapeOf(path)
    if (shape === undefined) return undefined
    this.hold(path)
    const now = new Date()
    await utimes(path, now, now).catch(() => undefined)
    return { path, shape }
  }

  /** Takes a file in, and lets others go where there are too many bytes. */
  async keep(key: ActivationKey, { path, shape }: OutputFile): Promise<OutputFile> {
    const place = this.pathOf(key)
    await mkdir(dirname(place), { recursive: true })
    // First, so that no other run lets it go as soon as it is there.
    this.hold(place)
    await rename(path, place)
    await this.evict()
    return { path: place, shape }
  }

  /** Hears that files it gave or took are read: they may go when others are newer. */
  async release(paths: Iterable<string>): Promise<void> {
    for (const path of paths) {
      const holders = (this.inUse.get(path) ?? 1) - 1
      if (holders > 0) this.inUse.set(path, holders)
      else this.inUse.delete(path)
    }
    await this.evict()
  }

  /** What was learnt of a model; undefined where nothing was. */
  async facts(model: string): Promise<KeptFacts | undefined> {
    const text = await readFile(this.factsPath(model), 'utf8').catch(() => undefined)
    return text === undefined ? undefined : (JSON.parse(text) as KeptFacts)
  }

  /** Keeps what was learnt of a model. */
  async keepFacts(model: string, facts: KeptFacts): Promise<void> {
    const path = this.factsPath(model)
    const temporary = `${path}.${randomUUID()}`
    await namingWriteFaults(this.folder, async () => {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(temporary, JSON.stringify(facts))
      await rename(temporary, path)
    })
  }

  /** Where it lies and what it holds. */
  async status(): Promise<CacheStatus> {
    const files = await this.files()
    const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
    return { folder: this.folder, tensors: files.length, sizeBytes }
  }

  /** Removes all that is in the cache, and nothing else that may lie in its folder. */
  async clear(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (isOurs(name)) await rm(join(this.folder, name), { recursive: true, force: true })
    }
    this.inUse.clear()
  }

  private hold(path: string): void {
    this.inUse.set(path, (this.inUse.get(path) ?? 0) + 1)
  }

  private async evict(): Promise<void> {
    const files = await this.files()
    let total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    for (const { path, sizeBytes } of files.sort((a, b) => a.usedMs - b.usedMs)) {
      if (total <= this.maxBytes) return
      if (this.inUse.has(path)) continue
      await rm(path, { force: true })
      total -= sizeBytes
    }
  }

  private async files(): Promise<CachedFile[]> {
    // Not recursively: the scratch folders of runs come and go meanwhile.
    const folders = (await readdir(this.folder)).filter(name => IS_SHELF.test(name))
    const shelves = await Promise.all(
      folders.map(async shelf => {
        const names = await readdir(join(this.folder, shelf)).catch(() => [])
        return names.filter(name => /^[0-9a-f]{64}\.npy$/.test(name)).map(name => join(shelf, name))
      }),
    )
    const paths = shelves.flat()
    const found = paths.map(async name => {
      const path = join(this.folder, name)
      const file = await stat(path).catch(() => undefined)
      return file === undefined ? [] : [{ path, sizeBytes: file.size, usedMs: file.mtimeMs }]
    })
    return (await Promise.all(found)).flat()
  }

  private async removeStaleScratch(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (!name.startsWith(SCRATCH)) continue
      const path = join(this.folder, name)
      const file = await stat(path).catch(() => undefined)
      if (file && Date.now() - file.mtimeMs > STALE_AFTER_MS) await rm(path, { recursive: true, force: true })
    }
  }

  private pathOf({ model, inputs, tensor, pooling }: ActivationKey): string {
    const key = createHash('sha256')
      .update(JSON.stringify([LAYOUT, model, inputs, tensor, pooling]))
      .digest('hex')
    return join(this.folder, key.slice(0, 2), `${key}.npy`)
  }

  private factsPath(model: string): string {
    return join(this.folder, 'models', `${createHash('sha256').update(model).digest('hex')}.json`)
  }
}

/** Where the cache lies unless told: `modelhub` in the user's cache folder (XDG_CACHE_HOME, else `~/.cache`). */
export function defaultCacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'modelhub')
}

function isOurs(name: string): boolean {
  return name === 'models' || name.startsWith(SCRATCH) || IS_SHELF.test(name)
}

async function shapeOf(path: string): Promise<OutputFile['shape'] | undefined> {
  const npy = await openNpy(path).catch(() => undefined)
  await npy?.close()
  return npy?.shape.length === 2 && npy.type === 'float32' ? [npy.shape[0], npy.shape[1]] : undefined
}
