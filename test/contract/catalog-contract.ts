import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Catalog } from '../../src/catalog/index.ts'
import {
  domainMembers,
  findDomain,
  findVersion,
  findVersionByContent,
  contentSha256,
  hubRevision,
  insertVersion,
  listDomains,
  listVersionFiles,
  listVersions,
  loadBlocks,
  readCard,
  readSlots,
  removeVersion,
  saveBlocks,
  saveDomain,
  yankVersion,
} from '../../src/catalog/index.ts'
import { newVersion, sha256 } from '../catalog/versions.ts'

/** One kind of catalog under test. */
export interface CatalogOpener {
  readonly name: string
  /** Opens the hub of that name, new or not; several at once may be open. */
  open(hub: string): Promise<Catalog>
  /** Deletes the hub of that name. */
  destroy(hub: string): Promise<void>
}

const text = (value: string) => new Uint8Array(Buffer.from(value))
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error
const numbers = (versions: readonly { name: string; version: number }[]) => versions.map(v => `${v.name}@${v.version}`)

/** What every kind of catalog does. */
export function catalogContract({ name, open, destroy }: CatalogOpener): void {
  describe(`the catalog contract: ${name}`, () => {
    let hub: string
    let catalog: Catalog
    beforeEach(async () => {
      hub = `hub-${randomUUID()}`
      catalog = await open(hub)
    })
    afterEach(async () => {
      await catalog.close()
      await destroy(hub)
    })
    const publish = (...args: Parameters<typeof newVersion>) =>
      catalog.write(tx => insertVersion(tx, newVersion(...args)))

    describe('versions', () => {
      it('a version comes back as it was published, after reopening too', async () => {
        const fresh = newVersion('ada/wine', 'a', { files: [{ location: 'w/b', sha256: sha256('w'), sizeBytes: 5e9 }] })
        const { version, created } = await catalog.write(tx => insertVersion(tx, fresh))
        const { card, files, ...columns } = fresh
        expect(created).toBe(true)
        expect(version).toEqual({
          ...columns,
          id: version.id,
          modelId: version.modelId,
          version: 1,
          yanked: false,
          contentSha256: contentSha256(fresh),
        })
        await catalog.close()
        catalog = await open(hub)
        expect(await findVersion(catalog.db, 'ada/wine')).toEqual(version)
        expect(await readCard(catalog.db, version.id)).toBe(card)
        expect(await listVersionFiles(catalog.db, version.id)).toEqual(files)
      })

      it('nulls come back as nulls', async () => {
        const nothing = { license: null, sourceAccuracy: null, opset: null, lastDense: null }
        expect((await publish('ada/wine', 'a', nothing)).version).toMatchObject(nothing)
      })

      it('the same content again is the same version; other content is the next', async () => {
        const first = await publish('ada/wine', 'a')
        expect(await publish('ada/wine', 'a', { publishedAt: '2026-02-01T00:00:00.000Z' })).toEqual({
          version: first.version,
          created: false,
        })
        expect((await publish('ada/wine', 'b')).version.version).toBe(2)
        expect((await publish('ada/beer', 'a')).version.version).toBe(1)
        expect(await findVersionByContent(catalog.db, 'ada/wine', first.version.contentSha256)).toEqual(first.version)
        expect(await findVersionByContent(catalog.db, 'ada/wine', 'none')).toBeUndefined()
      })

      it('a version never changes', async () => {
        await publish('ada/wine', 'a', { version: 3 })
        expect((await publish('ada/wine', 'a', { version: 3 })).created).toBe(false)
        await expect(publish('ada/wine', 'b', { version: 3 })).rejects.toThrow(code('VERSION_CONFLICT'))
        await expect(publish('ada/wine', 'b', { version: 2 })).rejects.toThrow(code('VERSION_CONFLICT'))
        await expect(publish('ada/wine', 'a', { version: 4 })).rejects.toThrow(code('VERSION_CONFLICT'))
        expect(numbers(await listVersions(catalog.db, { all: true }))).toEqual(['ada/wine@3'])
      })

      it('a removed number never comes again', async () => {
        await publish('ada/wine', 'a')
        await removeVersion(catalog, 'ada/wine@1')
        await expect(publish('ada/wine', 'b', { version: 1 })).rejects.toThrow(code('VERSION_CONFLICT'))
        expect((await publish('ada/wine', 'a')).version.version).toBe(2)
      })

      it.each([
        { name: 'wine' },
        { name: 'ada/../wine' },
        { version: 0 },
        { version: 1.5 },
        { publishedAt: '2026-01-31' },
      ])('%j is refused', async change => {
        await expect(publish('ada/wine', 'a', change)).rejects.toThrow(code('USAGE'))
        expect(await listVersions(catalog.db, { all: true })).toEqual([])
      })
    })

    describe('finding, listing, yanking', () => {
      it('latest is the highest that is not yanked', async () => {
        for (const content of ['a', 'b', 'c']) await publish('ada/wine', content)
        await publish('ada/beer', 'a')
        expect((await catalog.write(tx => yankVersion(tx, 'ada/wine'))).version).toBe(3)
        expect((await findVersion(catalog.db, 'ada/wine@latest')).version).toBe(2)
        expect(await findVersion(catalog.db, 'ada/wine@3')).toMatchObject({ version: 3, yanked: true })
        expect(numbers(await listVersions(catalog.db))).toEqual(['ada/beer@1', 'ada/wine@2'])
        expect(numbers(await listVersions(catalog.db, { all: true, name: 'ada/wine' }))).toEqual(
          [1, 2, 3].map(version => `ada/wine@${version}`),
        )
        await catalog.write(tx => yankVersion(tx, 'ada/wine@3', false))
        expect((await findVersion(catalog.db, 'ada/wine')).version).toBe(3)
      })

      it('what is not there is not found', async () => {
        await publish('ada/wine', 'a')
        await catalog.write(tx => yankVersion(tx, 'ada/wine@1'))
        await expect(findVersion(catalog.db, 'ada/wine')).rejects.toThrow('which has version 1 (yanked)')
        await expect(findVersion(catalog.db, 'ada/wine@2')).rejects.toThrow(code('MODEL_NOT_FOUND'))
        await expect(findVersion(catalog.db, 'ada/beer')).rejects.toThrow('ada/beer: not in the hub')
        await expect(findVersion(catalog.db, 'beer')).rejects.toThrow(code('USAGE'))
        await expect(readCard(catalog.db, 99)).rejects.toThrow(code('MODEL_NOT_FOUND'))
        expect(await listVersions(catalog.db)).toEqual([])
      })
    })

    describe('domains and blocks', () => {
      const slot = (slotName: string, byte: number) => ({
        name: slotName,
        type: 'numeric' as const,
        signatures: Uint8Array.of(byte, 255),
        reference: { edges: [0, 0.1, 1e300] },
      })

      it('a domain and its slots come back, and are replaced whole', async () => {
        const slots = Array.from({ length: 1201 }, (_, i) => slot(`f${i}`, i % 256))
        const made = await catalog.write(tx => saveDomain(tx, { name: 'wine', referenceVersion: 1 }, slots))
        expect(await findDomain(catalog.db, 'wine')).toEqual(made)
        expect(await readSlots(catalog.db, made.id)).toEqual(slots)
        const again = await catalog.write(tx =>
          saveDomain(tx, { name: 'wine', referenceVersion: 2 }, slots.slice(0, 1)),
        )
        expect(again).toEqual({ ...made, referenceVersion: 2 })
        expect(await readSlots(catalog.db, made.id)).toEqual(slots.slice(0, 1))
        await catalog.write(tx => saveDomain(tx, { name: 'beer', referenceVersion: 1 }, []))
        expect((await listDomains(catalog.db)).map(domain => domain.name)).toEqual(['beer', 'wine'])
        expect(await findDomain(catalog.db, 'tea')).toBeUndefined()
      })

      it('members are in order of publication, then name', async () => {
        const { id: domainId } = await catalog.write(tx => saveDomain(tx, { name: 'wine', referenceVersion: 1 }, []))
        const later = '2026-03-01T00:00:00.000Z'
        await publish('b/b', 'a', { domainId, publishedAt: later })
        await publish('B/b', 'a', { domainId, publishedAt: later })
        await publish('z/z', 'a', { domainId })
        await publish('a/a', 'a', { domainId: null })
        await publish('c/c', 'a', { domainId })
        await catalog.write(tx => yankVersion(tx, 'c/c'))
        expect(numbers(await domainMembers(catalog.db, domainId))).toEqual(['z/z@1', 'B/b@1', 'b/b@1'])
      })

      it('a removed member leaves the domain as it is', async () => {
        const made = await catalog.write(tx => saveDomain(tx, { name: 'wine', referenceVersion: 4 }, [slot('f', 1)]))
        await publish('a/a', 'a', { domainId: made.id })
        await removeVersion(catalog, 'a/a')
        expect(await findDomain(catalog.db, 'wine')).toEqual(made)
        expect(await readSlots(catalog.db, made.id)).toHaveLength(1)
        expect(await domainMembers(catalog.db, made.id)).toEqual([])
      })

      it('blocks come back by version, each in place of the earlier', async () => {
        const ids: number[] = []
        for (let i = 0; i < 103; i++) ids.push((await publish(`a/m${i}`, 'a')).version.id)
        const blocks = ids.map((versionId, i) => {
          return { versionId, referenceVersion: 1, layout: { parts: i }, bytes: Uint8Array.of(i, 0, 255) }
        })
        await catalog.write(tx => saveBlocks(tx, blocks))
        const newer = { ...blocks[1], referenceVersion: 2, bytes: new Uint8Array() }
        await catalog.write(tx => saveBlocks(tx, [newer]))
        expect([...(await loadBlocks(catalog.db, [...ids, -1])).values()]).toEqual(
          expect.arrayContaining([...blocks.filter((_, i) => i !== 1), newer]),
        )
        expect((await loadBlocks(catalog.db, [])).size).toBe(0)
        await removeVersion(catalog, 'a/m1')
        expect((await loadBlocks(catalog.db, ids)).size).toBe(102)
      })
    })

    describe('writing', () => {
      it('happens whole or not at all, and is counted', async () => {
        const before = await hubRevision(catalog.db)
        const failing = catalog.write(async tx => {
          await insertVersion(tx, newVersion('ada/wine', 'a'))
          throw new Error('no')
        })
        await expect(failing).rejects.toThrow('no')
        expect(await listVersions(catalog.db)).toEqual([])
        expect(await hubRevision(catalog.db)).toBe(before)
        await publish('ada/wine', 'a')
        expect(await hubRevision(catalog.db)).toBe(before + 1)
      })

      it('of two catalogs at once gives each its turn', async () => {
        const other = await open(hub)
        const writers = [catalog, other].map(async (writer, w) => {
          for (let i = 0; i < 10; i++) {
            await writer.write(tx => insertVersion(tx, newVersion(`ada/m${i}`, `${w}`)))
          }
        })
        await Promise.all(writers)
        await other.close()
        const all = await listVersions(catalog.db, { all: true })
        expect(all.map(version => version.version)).toEqual(Array.from({ length: 10 }, () => [1, 2]).flat())
        expect(new Set(all.map(version => version.id)).size).toBe(20)
      })

      it('a reader sees nothing of a write before its end', async () => {
        const other = await open(hub)
        await catalog.write(async tx => {
          await insertVersion(tx, newVersion('ada/wine', 'a'))
          expect(await listVersions(other.db)).toEqual([])
        })
        expect(await listVersions(other.db)).toHaveLength(1)
        await other.close()
      })
    })

    describe('objects of a write', () => {
      const publishObjects = (model: string, ...contents: string[]) =>
        catalog.write(
          (tx, [onnx, sketch]) =>
            insertVersion(
              tx,
              newVersion(model, model, {
                onnxSha256: onnx.sha256,
                sketchSha256: sketch.sha256,
                files: contents.slice(2).map(one => ({ location: one, sha256: sha256(one), sizeBytes: one.length })),
              }),
            ),
          { objects: contents.map(text) },
        )

      it('are there after it', async () => {
        const { version } = await publishObjects('ada/wine', 'model', 'sketch')
        expect(await catalog.objects.get(version.onnxSha256)).toEqual(text('model'))
        expect(await catalog.objects.get(version.sketchSha256)).toEqual(text('sketch'))
      })

      it('are deleted when it fails, but for those that others have', async () => {
        await publishObjects('ada/wine', 'model', 'sketch')
        const failing = catalog.write(() => Promise.reject(new Error('no')), { objects: ['model', 'new'].map(text) })
        await expect(failing).rejects.toThrow('no')
        expect(await catalog.objects.has(sha256('model'))).toBe(true)
        expect(await catalog.objects.has(sha256('new'))).toBe(false)
      })

      it('go with the last version that has them', async () => {
        await publishObjects('ada/wine', 'model', 'sketch 1', 'more')
        await publishObjects('ada/beer', 'more', 'sketch 2', 'model')
        await removeVersion(catalog, 'ada/wine')
        const kept = ['model', 'more', 'sketch 1', 'sketch 2'].map(one => catalog.objects.has(sha256(one)))
        expect(await Promise.all(kept)).toEqual([true, true, false, true])
        await removeVersion(catalog, 'ada/beer')
        expect(await catalog.objects.has(sha256('model'))).toBe(false)
        await expect(removeVersion(catalog, 'ada/beer')).rejects.toThrow(code('MODEL_NOT_FOUND'))
      })

      it('that another removes while the write waits are stored again', async () => {
        const other = await open(hub)
        await publishObjects('ada/wine', 'model', 'sketch')
        let publication: Promise<unknown> | undefined
        await other.write(async () => {
          const puts = vi.spyOn(catalog.objects, 'put')
          publication = publishObjects('ada/beer', 'model', 'sketch')
          await vi.waitFor(() =>
            expect(puts.mock.settledResults.map(({ type }) => type)).toEqual(['fulfilled', 'fulfilled']),
          )
          await other.objects.delete(sha256('model'))
        })
        await publication
        expect(await catalog.objects.has(sha256('model'))).toBe(true)
        await other.close()
      })
    })

    describe('the object store', () => {
      it('gives back what it was given, by checksum', async () => {
        const stored = await catalog.objects.put(text('abc'))
        expect(stored).toEqual({
          sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
          sizeBytes: 3,
        })
        expect(await catalog.objects.put(text('abc'))).toEqual(stored)
        expect(await catalog.objects.get(stored.sha256)).toEqual(text('abc'))
        expect((await catalog.objects.put(new Uint8Array())).sizeBytes).toBe(0)
      })

      it('has nothing of what it never got or has deleted', async () => {
        const { sha256: address } = await catalog.objects.put(text('abc'))
        await catalog.objects.delete(address)
        await catalog.objects.delete(address)
        expect(await catalog.objects.has(address)).toBe(false)
        await expect(catalog.objects.get(address)).rejects.toThrow(code('HUB_DAMAGED'))
      })

      it('takes files, and says which it cannot read', async () => {
        const { sizeBytes } = await catalog.objects.put({ path: import.meta.filename })
        expect(sizeBytes).toBeGreaterThan(1000)
        await expect(catalog.objects.put({ path: 'no-such-file' })).rejects.toThrow(code('FILE_NOT_FOUND'))
        await expect(catalog.objects.put({ path: import.meta.dirname })).rejects.toThrow(code('FILE_UNREADABLE'))
      })
    })
  })
}
