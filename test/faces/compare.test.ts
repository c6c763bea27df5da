import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ModelComparison } from '../../src/hub/index.ts'
import { SENSORS } from '../hub/made-models.ts'
import { runCli } from './run-cli.ts'

const hub = mkdtempSync(join(tmpdir(), 'modelhub-'))
const target = join(SENSORS, 'dsads_torso_s8/train.sketch.parquet')
const MODELS = ['dsads/torso_s1', 'dsads/left_arm_s1']

beforeAll(async () => {
  const folders = ['dsads_torso_s1', 'dsads_left_arm_s1'].map(id => join(SENSORS, id))
  expect((await runCli(['publish', ...folders, '--hub', hub])).code).toBe(0)
})
afterAll(() => rmSync(hub, { recursive: true }))

it('modelhub compare shows cards, fit and training data; --json is the same', async () => {
  const args = ['compare', ...MODELS, '--target', target, '--hub', hub]
  const { code, stdout, stderr } = await runCli(args)
  expect([code, stderr]).toEqual([0, ''])
  const { models, training } = JSON.parse((await runCli([...args, '--json'])).stdout) as ModelComparison
  expect(stdout).toMatch(/^ +dsads\/torso_s1@1 +dsads\/left_arm_s1@1 *$/m)
  expect(stdout).toMatch(/^licence +cc-by-4\.0 +cc-by-4\.0 *$/m)
  expect(stdout).toMatch(/^labels +9: lying, sitting, .*, … +9: lying/m)
  const fits = models.map(({ fit }) => fit!.fit.toFixed(3))
  expect(stdout).toMatch(new RegExp(`^fit +${fits.join(' +')} *$`, 'm'))
  for (const { other, model, fit, js } of training) {
    expect(stdout).toMatch(new RegExp(`^${other} +${model} +${fit.toFixed(3)} .* ${js.toFixed(4)}$`, 'm'))
  }
})

it('refuses options that would have no effect, and another number of models', async () => {
  const noTarget = await runCli(['compare', ...MODELS, '--label', 'x', '--hub', hub])
  expect(noTarget).toMatchObject({ code: 2, stdout: '' })
  expect(noTarget.stderr).toBe('modelhub: USAGE: compare: --label has no effect without --target\n')
  expect(await runCli(['compare', MODELS[0], '--hub', hub])).toMatchObject({ code: 2, stdout: '' })
})
