import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../examples/', import.meta.url))

/** What each example must print, line by line: numbers that follow by hand, the rest by pattern. */
const EXPECTED: Record<string, readonly (string | RegExp)[]> = {
  'search-a-hub.mjs': [
    /^1\. dsads\/torso_s1: fit 0\.\d{3}, overlap 1$/,
    /^2\. dsads\/left_arm_s1: fit 0\.\d{3}, overlap 1$/,
    'dsads/torso_s1 fits best, and has the best stated accuracy too.',
    /^fits worst in \w+, best in \w+$/,
  ],
  'rank-models.mjs': [
    '60 rows for features (60,81)',
    'logits: 60 × 9',
    'dense: 60 × 128',
    /^dsads\/\w+_s1: neuralrank -?0\.\d{4}, accuracy 0\.\d\d$/,
    /^dsads\/\w+_s1: neuralrank -?0\.\d{4}, accuracy 0\.\d\d$/,
    '0 could not be run',
  ],
  'sketch-in-memory.mjs': [
    '1000 rows, height: numeric, colour: categorical',
    /^\d+ clustered partitions, the smallest of [2-9]\d rows$/,
    'extremes shown: false',
  ],
  'compare-histograms.mjs': [
    /^Jensen-Shannon divergence 0\.066414 nats, squared Hellinger distance 0\.067544$/,
    'ln 2 · H² ≤ JS ≤ H²: true',
    /^Kullback-Leibler divergence of the target from the training data 0\.27\d+$/,
  ],
}

it.each(Object.entries(EXPECTED))('%s runs on the built package', async (name, expected) => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [`${folder}${name}`])
  expect(stderr).toBe('')
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(expected.length)
  lines.forEach((line, i) => expect(line).toMatch(expected[i]))
})
