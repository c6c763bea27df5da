import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { memberName, memberTable, type Member } from '../../src/catalog/index.ts'
import { readMembers, writeMembers } from '../../src/segments/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'

const MEMBERS: readonly Member[] = [
  { id: 9, name: 'b/two', version: 3, domainId: 1, content: 0xffff_fffe, sourceAccuracy: null, rows: 70, view: null },
  { id: 4, name: 'a/one', version: 1, domainId: 2, content: 5, sourceAccuracy: 0.875, rows: 2 ** 33, view: 'records' },
  { id: 7, name: 'b-/ö', version: 2, domainId: 1, content: 6, sourceAccuracy: 0, rows: 200, view: null },
]

describe('the members of a hub in a file', () => {
  it('are those that were put there, in order of name', () => {
    const folder = temporaryFolder()
    writeMembers(folder, 'first', memberTable(MEMBERS))
    const read = readMembers(folder, 'first')!
    expect([0, 1, 2].map(row => memberName(read, row))).toEqual(['a/one', 'b-/ö', 'b/two'])
    expect([...read.ids]).toEqual([4, 7, 9])
    expect([...read.contents]).toEqual([5, 6, 0xffff_fffe])
    expect([...read.domainIds]).toEqual([2, 1, 1])
    expect([...read.versions]).toEqual([1, 2, 3])
    expect([...read.trainingRows]).toEqual([2 ** 32 - 1, 200, 70])
    expect([...read.sourceAccuracies]).toEqual([0.875, 0, NaN])
    expect(Array.from(read.viewOf, place => read.views[place])).toEqual(['records', null, null])
  })

  it('may be none', () => {
    const folder = temporaryFolder()
    writeMembers(folder, 'empty', memberTable([]))
    expect(readMembers(folder, 'empty')).toMatchObject({ size: 0, views: [] })
  })

  it('are not those of another stamp, whose file goes', () => {
    const folder = temporaryFolder()
    writeMembers(folder, 'first', memberTable(MEMBERS))
    expect(readMembers(folder, 'second')).toBeUndefined()
    writeMembers(folder, 'second', memberTable(MEMBERS.slice(1)))
    expect(readMembers(folder, 'second')!.size).toBe(2)
    expect(readdirSync(folder)).toEqual(['second.members'])
  })

  it('are not read where the file is damaged', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'first.members')
    writeMembers(folder, 'first', memberTable(MEMBERS))
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at++) {
      writeFileSync(
        path,
        whole.map((byte, i) => (i === at ? byte ^ 1 : byte)),
      )
      expect(readMembers(folder, 'first')).toBeUndefined()
    }
    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(path, whole.subarray(0, length))
      expect(readMembers(folder, 'first')).toBeUndefined()
    }
    writeFileSync(path, whole)
    appendFileSync(path, 'more')
    expect(readMembers(folder, 'first')).toBeUndefined()
  })
})
