import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { insertVersion, listVersions, openCatalog } from '../../src/catalog/index.ts'
import { parseWhere, type WhereCondition, WHERE_FIELDS } from '../../src/catalog/parse-where.ts'
import { caughtCode } from '../caught-code.ts'
import { runModelhub } from '../faces/run-modelhub.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { newVersion } from './versions.ts'

const MODELS = [
  newVersion('acme/small', 'a', { license: 'mit', task: 'image-classification', sizeBytes: 1e6, sourceAccuracy: 0.9 }),
  newVersion('acme/large', 'b', { license: 'mit', task: null, sizeBytes: 9e9, sourceAccuracy: null }),
  newVersion('ok/its', 'c', { license: "it's", sizeBytes: 5, view: 'pixels', publishedAt: '2025-01-31T08:00:00.000Z' }),
]

/** A hub of three models in a folder. */
async function hubFolder(): Promise<string> {
  const folder = temporaryFolder()
  const catalog = await openCatalog(folder, { create: true })
  for (const model of MODELS) await catalog.write(tx => insertVersion(tx, model))
  await catalog.close()
  return folder
}

async function found(folder: string, where: string): Promise<string[]> {
  const catalog = await openCatalog(folder)
  try {
    return (await listVersions(catalog.db, { where })).map(({ name }) => name)
  } finally {
    await catalog.close()
  }
}

describe('parseWhere', () => {
  it('binds and tighter than or, and not tightest', () => {
    const a = { kind: 'compare', field: 'rows', operator: '=', value: 1 }
    expect(parseWhere('rows = 1 or rows = 1 and not rows = 1')).toEqual({
      kind: 'or',
      sides: [a, { kind: 'and', sides: [a, { kind: 'not', side: a }] }],
    })
    expect(parseWhere('(rows=1 OR rows=1) AND rows=1')).toMatchObject({ kind: 'and' })
  })

  it('reads doubled quotes, exponents and lists', () => {
    expect(parseWhere("name = 'it''s'")).toMatchObject({ value: "it's" })
    expect(parseWhere('sizeBytes < 50e6')).toMatchObject({ value: 5e7 })
    expect(parseWhere('opset in (-1, .5)')).toEqual({ kind: 'in', field: 'opset', values: [-1, 0.5] })
    expect(parseWhere("task ~ '%image%'")).toMatchObject({ operator: 'like' })
  })

  it.each([
    ['', 'position 1: expected not, ( or one of name'],
    ['rows', 'position 5: expected = != < <= > >= ~ like in or not in, got the end'],
    ['rows = ', 'position 8: expected a number for rows, got the end'],
    ["rows = 'x'", "position 8: expected a number for rows, got 'x'"],
    ['license = mit', "position 11: expected a 'text' for license, got mit"],
    ["license = 'mit", "position 11: expected a field, a value or an operator, got '"],
    ['rows ~ 1', 'position 6: expected an operator for numbers after rows, got ~'],
    ['(rows = 1', 'position 10: expected ), got the end'],
    ['rows = 1 rows = 2', 'position 10: expected and, or, or the end, got rows'],
    ['card = 1', 'position 1: expected not, ( or one of name'],
    ['rows in 1', 'position 9: expected (, got 1'],
    ['rows = 1; drop table model', 'position 9: expected a field, a value or an operator, got ;'],
  ])('says what it expected where: %s', (text, message) => {
    expect(() => parseWhere(text)).toThrow(message)
    expect(caughtCode(() => parseWhere(text))).toBe('USAGE')
  })

  it('refuses nesting without end, and never throws anything but USAGE', () => {
    expect(caughtCode(() => parseWhere('('.repeat(1e5)))).toBe('USAGE')
    const piece = fc.constantFrom(
      'rows',
      '=',
      '1',
      "'x'",
      'and',
      'or',
      'not',
      '(',
      ')',
      'in',
      ',',
      'name',
      '~',
      ';',
      '"',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        expect([undefined, 'USAGE']).toContain(caughtCode(() => parseWhere(pieces.join(' '))))
      }),
      { seed: 1, numRuns: 1000 },
    )
  })

  it('reads back what is written', () => {
    const texts = (['name', 'license', 'task', 'updated'] as const).map(field =>
      fc.string().map((value): WhereCondition => ({ kind: 'compare', field, operator: '=', value })),
    )
    const render = (condition: WhereCondition): string =>
      condition.kind === 'compare' ? `${condition.field} = '${String(condition.value).replaceAll("'", "''")}'` : ''
    fc.assert(
      fc.property(fc.oneof(...texts), condition => {
        expect(parseWhere(render(condition))).toEqual(condition)
      }),
      { seed: 1 },
    )
  })
})

describe('listVersions where', () => {
  it('finds what fulfils the condition', async () => {
    const folder = await hubFolder()
    expect(await found(folder, "license = 'mit' and sizeBytes < 50e6 and task = 'image-classification'")).toEqual([
      'acme/small',
    ])
    expect(await found(folder, "updated > '2026-01-01'")).toEqual(['acme/large', 'acme/small'])
    expect(await found(folder, "license = 'it''s' or sourceAccuracy >= 0.9")).toEqual(['acme/small', 'ok/its'])
    expect(await found(folder, "name ~ 'ACME/%'")).toEqual(['acme/large', 'acme/small'])
    expect(await found(folder, "license not in ('mit', 'x')")).toEqual(['ok/its'])
    expect(await found(folder, 'features = 4 and rows in (1234)')).toHaveLength(3)
    expect(await found(folder, 'features < 4 or not features >= 4')).toEqual([])
    expect(await found(folder, "view = 'pixels'")).toEqual(['ok/its'])
    // what is not stated fulfils no comparison
    expect(await found(folder, 'sourceAccuracy < 2')).toEqual(['acme/small', 'ok/its'])
    expect(await found(folder, 'not sourceAccuracy < 2')).toEqual(['acme/large'])
    for (const [field, type] of Object.entries(WHERE_FIELDS)) {
      expect(await found(folder, `${field} != ${type === 'text' ? "''" : '-1'} or rows > 0`)).toHaveLength(3)
    }
  })

  it('takes hostile text for a value', async () => {
    const folder = await hubFolder()
    expect(await found(folder, "name = ''' or 1=1; drop table version; --'")).toEqual([])
    expect(await found(folder, 'rows > 0')).toHaveLength(3)
  })

  it('is what modelhub ls --where shows, and a fault is one of usage', async () => {
    const folder = await hubFolder()
    const { stdout } = await runModelhub(['ls', '--hub', folder, '--where', 'sizeBytes < 10', '--json'])
    expect((JSON.parse(stdout) as { model: string }[]).map(({ model }) => model)).toEqual(['ok/its'])
    const wrong = await runModelhub(['ls', '--hub', folder, '--where', 'size < 10'])
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' })
    expect(wrong.stderr).toContain('USAGE: where: position 1: expected not, ( or one of name')
  })
})
