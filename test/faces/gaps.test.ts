import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { searchResultSchema } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { makeModelFolder, onnxBytes, SENSORS, sketchColumns, uniformColumns } from '../hub/made-models.ts'
import { huggingFaceServer } from '../imports/hugging-face-server.ts'
import { runCli } from './run-cli.ts'

const TARGET = join(SENSORS, 'dsads_torso_s8/train.sketch.parquet')

describe('modelhub publish', () => {
  it('of a faulty folder leaves no hub behind where there was none', async () => {
    const scratch = temporaryFolder()
    mkdirSync(join(scratch, 'empty'))
    const { code, stdout } = await runCli(['publish', 'empty', '--json', '--hub', 'new/hub'], scratch)
    expect([code, JSON.parse(stdout)]).toEqual([4, { published: [] }])
    expect(existsSync(join(scratch, 'new'))).toBe(false)
  })
})

describe('modelhub search', () => {
  it('ranks only what fulfils --where, warns of unknown names, and explains only in the joint space', async () => {
    const scratch = temporaryFolder()
    const folders = ['torso_s1', 'torso_s2', 'left_arm_s1'].map(id => join(SENSORS, `dsads_${id}`))
    expect((await runCli(['publish', ...folders, '--hub', 'h'], scratch)).code).toBe(0)
    const where = "name ~ '%torso%' and features = 81"
    const args = ['search', TARGET, '--where', where, '--exclude-models', 'dsads/torso_s1,dsads/torzo_s2', '--hub', 'h']
    const { code, stdout, stderr } = await runCli([...args, '--json'], scratch)
    expect([code, stderr]).toEqual([
      0,
      'warning: excludeModels: no model is named dsads/torzo_s2; did you mean dsads/torso_s2?\n',
    ])
    const result = searchResultSchema.parse(JSON.parse(stdout))
    expect(result.results.map(({ model }) => model)).toEqual(['dsads/torso_s2'])
    expect(result.parameters.where).toBe(where)
    expect(result.warnings).toHaveLength(1)
    const pooled = await runCli(['explain', TARGET, 'dsads/torso_s1', '--space', 'pooled', '--hub', 'h'], scratch)
    expect([pooled.code, pooled.stdout]).toEqual([2, ''])
    expect(pooled.stderr).toContain('USAGE: space: pooled has no histograms by feature to explain by; use joint')
    const labelled = await runCli(['search', TARGET, '--label', 'x', '--hub', 'h'], scratch)
    expect([labelled.code, labelled.stdout]).toEqual([2, ''])
    expect(labelled.stderr).toBe(`modelhub: USAGE: label: has no effect on ${TARGET}, which is a sketch already\n`)
  })

  it('warns of models sketched by another --view, which else would look as if they did not fit', async () => {
    const scratch = temporaryFolder()
    mkdirSync(join(scratch, 'images'))
    for (let i = 0; i < 20; i++) {
      const background = { r: 12 * i, g: 255 - 12 * i, b: 128 }
      const path = join(scratch, `images/${i}.png`)
      await sharp({ create: { width: 32, height: 32, channels: 3, background } })
        .png()
        .toFile(path)
    }
    const run = (...args: string[]) => runCli(args, scratch)
    const sketch = { ...(await sketchColumns(uniformColumns({ 'pixel[0]': 0, 'pixel[1]': 1 }))), view: 'pixels' }
    makeModelFolder(scratch, { name: 'ada/digits', sketch })
    expect((await run('publish', 'ada_digits', '--hub', 'h')).code).toBe(0)
    const other = await run('search', 'images', '--hub', 'h')
    expect(other.stdout).toContain('Nothing fits')
    expect(other.stderr).toContain(
      'warning: models sketched by view pixels do not compare with a target sketched by view descriptor: ada/digits',
    )
    const unknown = await run('search', 'images', '--view', 'pixel', '--hub', 'h')
    expect([unknown.code, unknown.stdout]).toEqual([2, ''])
    expect(unknown.stderr).toContain('view: of images expected one of')
  })
})

describe('modelhub sketch --view', () => {
  it('joins columns of a table as one text, and says which views there are', async () => {
    const scratch = temporaryFolder()
    const rows = Array.from({ length: 300 }, (_, i) => `red apple number ${i % 7},green pear from ${i % 5},${i}`)
    writeFileSync(join(scratch, 'pairs.csv'), ['first,second,id', ...rows, ''].join('\n'))
    const joined = await runCli(
      ['sketch', 'pairs.csv', '--view', 'text:first,second', '-o', 't.sketch.parquet'],
      scratch,
    )
    expect([joined.code, joined.stdout]).toEqual([0, ''])
    const { stdout } = await runCli(['sketch', 'show', 't.sketch.parquet', '--json'], scratch)
    expect(JSON.parse(stdout)).toMatchObject({ rows: 300, features: { numeric: 0, categorical: 0, text: 1 } })
    const unknown = await runCli(['sketch', 'pairs.csv', '--view', 'words', '-o', 'w.sketch.parquet'], scratch)
    expect([unknown.code, existsSync(join(scratch, 'w.sketch.parquet'))]).toEqual([2, false])
    expect(unknown.stderr).toContain('view: of a table expected records or text:COL1,COL2, got words')
  })
})

describe('modelhub import', () => {
  it('hf writes a folder, tells what is missing, and gives the same as JSON', async () => {
    const scratch = temporaryFolder()
    const onnx = onnxBytes()
    const endpoint = await huggingFaceServer({ 'README.md': '---\nlicense: mit\n---\n# Moves\n', 'model.onnx': onnx })
    const { code, stdout, stderr } = await runCli(['import', 'hf', 'acme/moves', '--endpoint', endpoint], scratch)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^acme\/moves imported to moves\nBefore it can be published and found, it needs:\n {2}\S/)
    expect(stdout).toMatch(/\nThen: modelhub publish moves\n$/)
    expect(readFileSync(join(scratch, 'moves/model.onnx')).equals(onnx)).toBe(true)
    const args = ['import', 'hf', 'acme/moves', '--endpoint', endpoint, '--json']
    const { name, folder, missing } = JSON.parse((await runCli(args, temporaryFolder())).stdout)
    expect([name, folder]).toEqual(['acme/moves', 'moves'])
    for (const line of missing) expect(stdout).toContain(line)
  })

  it('tells faults by their codes, and leaves nothing', async () => {
    const scratch = temporaryFolder()
    const endpoint = await huggingFaceServer({}, 404)
    const none = await runCli(['import', 'hf', 'acme/moves', '--endpoint', endpoint], scratch)
    expect([none.code, none.stdout]).toEqual([4, ''])
    expect(none.stderr).toContain('MODEL_NOT_FOUND')
    const noFlavour = await runCli(['import', 'mlflow', 'nowhere', '-o', 'out'], scratch)
    expect([noFlavour.code, noFlavour.stdout]).toEqual([4, ''])
    expect(existsSync(join(scratch, 'moves')) || existsSync(join(scratch, 'out'))).toBe(false)
  })
})
