import fc from 'fast-check'
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { receiptJsonSchema, ReceiptStore } from '../../src/receipts/index.ts'
import { receiptId, RECEIPT_ID } from '../../src/receipts/receipt-id.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { row, searchContent } from './made-receipts.ts'

const at = (second: number) => `2026-03-01T12:00:${String(second).padStart(2, '0')}.000Z`
const one = (second: number) => searchContent([row('x/one', 1, 0.5)], { at: at(second) })
const open = (maxBytes?: number) => ReceiptStore.open({ folder: join(temporaryFolder(), 'a/b'), maxBytes })

describe('receiptId', () => {
  it('is the time in milliseconds and 25 bits of the SHA-256 of the content, in base 32', () => {
    const id = receiptId(one(0))
    expect(id).toMatch(RECEIPT_ID)
    expect(parseInt(id.slice(0, 9), 32)).toBe(Date.parse(at(0)))
    expect(receiptId({ ...one(0), hub: 'other' }).slice(0, 10)).toBe(id.slice(0, 10))
    expect(receiptId({ ...one(0), hub: 'other' })).not.toBe(id)
  })

  it('sorts as the times do', () => {
    const time = fc.integer({ min: 0, max: Date.parse('2999-01-01') })
    const idOf = (ms: number) => receiptId({ ...one(0), createdAt: new Date(ms).toISOString() })
    fc.assert(fc.property(time, time, (a, b) => a === b || a < b === idOf(a) < idOf(b)))
  })
})

describe('a store of receipts', () => {
  it('gives back what was kept, by id, by either end of it, and by last', async () => {
    const store = await open()
    const first = await store.keep(one(1))
    const last = await store.keep(one(2))
    const { id, ...content } = await store.find(first.id)
    expect({ id, content }).toEqual({ id: first.id, content: one(1) })
    expect(await store.find(first.id.slice(-5).toUpperCase())).toEqual(first)
    expect(await store.find(first.id.slice(0, 9))).toEqual(first)
    expect(await store.find('last')).toEqual(last)
    expect((await store.list()).receipts).toEqual([last, first])
  })

  it('refuses an id that nothing has, or several', async () => {
    const store = await open()
    await expect(store.find('last')).rejects.toMatchObject({ code: 'RECEIPT_NOT_FOUND' })
    await Promise.all([store.keep(one(1)), store.keep(one(2))])
    await expect(store.find('1')).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('got that of 2') as string,
    })
    await expect(store.find('')).rejects.toMatchObject({ code: 'RECEIPT_NOT_FOUND' })
    await expect(store.find('../secret')).rejects.toMatchObject({ code: 'RECEIPT_NOT_FOUND' })
  })

  it('is for its owner alone, and leaves nothing half written', async () => {
    const store = await open()
    await store.keep(one(1))
    const [file, ...others] = readdirSync(store.folder)
    expect(others).toEqual([])
    expect(statSync(store.folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(store.folder, file)).mode & 0o777).toBe(0o600)
  })

  it('keeps the same content once', async () => {
    const store = await open()
    expect((await store.keep(one(1))).id).toBe((await store.keep(one(1))).id)
    expect((await store.list()).receipts).toHaveLength(1)
  })

  it.each([
    ['cut off', (text: string) => text.slice(0, -9)],
    ['changed', (text: string) => text.replace('"score":0.5', '"score":0.9')],
    ['of another id', (text: string) => text.replace(/"id":"./, '"id":"9')],
  ])('tells of a file that was %s', async (_, damage) => {
    const store = await open()
    const { id } = await store.keep(one(1))
    const good = await store.keep(one(2))
    const path = join(store.folder, `${id}.json`)
    writeFileSync(path, damage(readFileSync(path, 'utf8')))
    await expect(store.find(id)).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
    expect(await store.list()).toEqual({ receipts: [good], damaged: [id] })
  })

  it('lets the oldest go beyond its limit, and never the newest; other files stay', async () => {
    const big = await open(1)
    writeFileSync(join(big.folder, 'notes.txt'), 'mine')
    await big.keep(one(1))
    const { id } = await big.keep(one(2))
    expect(readdirSync(big.folder).sort()).toEqual([`${id}.json`, 'notes.txt'])
    const two = await open(2 * statSync(join(big.folder, `${id}.json`)).size)
    for (const second of [3, 1, 2]) await two.keep(one(second))
    expect((await two.list()).receipts.map(({ createdAt }) => createdAt)).toEqual([at(3), at(2)])
    expect(await big.clear()).toBe(1)
    expect(readdirSync(big.folder)).toEqual(['notes.txt'])
  })

  it('removes what a broken-off write left a day ago', async () => {
    const store = await open()
    const { id } = await store.keep(one(1))
    const parts = ['old', 'new'].map(name => join(store.folder, `${id}.${name}.part`))
    for (const part of parts) writeFileSync(part, '')
    utimesSync(parts[0], 0, 0)
    await store.keep(one(2))
    expect(readdirSync(store.folder).filter(name => name.endsWith('.part'))).toEqual([`${id}.new.part`])
  })

  it('says so when a folder cannot serve', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await expect(ReceiptStore.open({ folder: file })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })
})

it('schema/receipt.schema.json is current (npm run schemas)', () => {
  const committed = readFileSync(new URL('../../schema/receipt.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(receiptJsonSchema())))
})
