import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { type MatrixEngine, plainEngine, TRANSFERABILITY_METRICS } from '../../src/transferability/index.ts'

const ROWS = 90
const CLASSES = 4

interface Evidence {
  readonly embeddings: number[][]
  readonly probabilities: number[][]
  readonly labels: number[]
}

/** Clouds around a centre for each label, and a model that half knows it. */
function makeEvidence(seed: number, dimensions: number): Evidence {
  const random = seededRandom(seed)
  const labels = Array.from({ length: ROWS }, (_, i) => ((i * i) % CLASSES === 0 ? i % 3 : 3))
  const centres = Array.from({ length: CLASSES }, () => Array.from({ length: dimensions }, () => random() - 0.5))
  const embeddings = labels.map(label => centres[label].map(centre => centre + random() - 0.3))
  const probabilities = labels.map(label => {
    const scores = Array.from({ length: 5 }, (_, z) => random() + (z === label ? 1 : 0))
    const sum = scores.reduce((total, score) => total + score, 0)
    return scores.map(score => score / sum)
  })
  return { embeddings, probabilities, labels }
}

/** Fisher and Yates (1938). */
function shuffle(list: readonly number[]): number[] {
  const random = seededRandom(11)
  const shuffled = [...list]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]]
  }
  return shuffled
}

type Change = (evidence: Evidence) => Evidence

describe.each([
  ['more rows than dimensions', 12],
  ['more dimensions than rows', 120],
])('with %s', (_, dimensions) => {
  const evidence = makeEvidence(7, dimensions)

  describe.each(TRANSFERABILITY_METRICS)('$name', metric => {
    const score = async (change: Change = same => same, engine: MatrixEngine = plainEngine): Promise<number> => {
      const { embeddings, probabilities, labels } = change(evidence)
      const list = Int32Array.from(labels)
      if (metric.reads === 'probabilities') {
        const values = Float64Array.from(probabilities.flat())
        return metric.score({ rows: labels.length, classes: probabilities[0].length, values }, list)
      }
      const values = Float32Array.from(embeddings.flat())
      return metric.score({ rows: labels.length, dimensions: embeddings[0].length, values }, list, { engine })
    }
    const near = async (change: Change, digits = 6) => expect(await score(change)).toBeCloseTo(await score(), digits)

    it('is a finite number, the same each time', async () => {
      const first = await score()
      expect(Number.isFinite(first)).toBe(true)
      expect(await score()).toBe(first)
    })

    it('does not depend on the order of rows', async () => {
      const turned = <T>(list: T[]) => [...list.slice(31), ...list.slice(0, 31).reverse()]
      await near(({ embeddings, probabilities, labels }) => ({
        embeddings: turned(embeddings),
        probabilities: turned(probabilities),
        labels: turned(labels),
      }))
    })

    it('does not depend on the names of labels', async () => {
      await near(same => ({ ...same, labels: same.labels.map(label => [900, -4, 17, 3][label]) }))
    })

    it('does not depend on the order of dimensions, or of the model’s classes', async () => {
      // The probe holds out rows by a hash of what they hold in order, so it may judge by others.
      if (metric.name === 'logistic-probe') return
      await near(same => ({
        ...same,
        embeddings: same.embeddings.map(row => row.toReversed()),
        probabilities: same.probabilities.map(row => row.toReversed()),
      }))
    })

    it('is better for embeddings and probabilities that tell the labels than for shuffled labels', async () => {
      const shuffled = await score(same => ({ ...same, labels: shuffle(same.labels) }))
      if (metric.name === 'h-score' && dimensions >= ROWS) {
        // As many independent dimensions as rows: classes − 1 whatever the labels, as its text says.
        expect(shuffled).toBeCloseTo(CLASSES - 1, 6)
        return
      }
      expect(await score()).toBeGreaterThan(shuffled)
    })

    it('under a scale of 8 behaves as its text says', async () => {
      const scaled: Change = same => ({ ...same, embeddings: same.embeddings.map(row => row.map(value => 8 * value)) })
      if (metric.name === 'transrate') expect(await score(scaled)).toBeGreaterThan(await score())
      // LogME starts at α = β = 1 and stops early; the probe splits by the values. Near, not equal.
      else if (metric.name === 'logme') expect(Math.abs((await score(scaled)) - (await score()))).toBeLessThan(0.05)
      else if (metric.name === 'logistic-probe')
        expect(Math.abs((await score(scaled)) - (await score()))).toBeLessThan(0.25)
      else await near(scaled)
    })

    it('refuses one class, NaN and no rows', async () => {
      const refused = async (change: Change, code: string) =>
        expect(
          await score(change).then(
            () => 'no error',
            error => error.code,
          ),
        ).toBe(code)
      await refused(same => ({ ...same, labels: same.labels.map(() => 2) }), 'OUT_OF_RANGE')
      const spoil = (rows: number[][]) => rows.map((row, i) => (i === 5 ? row.map(() => NaN) : row))
      await refused(
        same => ({ ...same, embeddings: spoil(same.embeddings), probabilities: spoil(same.probabilities) }),
        'OUT_OF_RANGE',
      )
      await refused(() => ({ embeddings: [[]], probabilities: [[]], labels: [] }), 'EMPTY_DATASET')
    })

    it('refuses labels that do not fit the rows', async () => {
      const [labels, values] = [Int32Array.of(0, 1, 1), Float32Array.of(0.5, 0.5, 0.5, 0.5)]
      const run = async () =>
        metric.reads === 'embeddings'
          ? metric.score({ rows: 2, dimensions: 2, values }, labels)
          : metric.score({ rows: 2, classes: 2, values }, labels)
      await expect(run()).rejects.toMatchObject({ code: 'SHAPE' })
    })

    it('takes classes of one and zero vectors', async () => {
      const few: Change = same => ({
        embeddings: same.embeddings.map((row, i) => (i % 9 === 4 ? row.map(() => 0) : row)),
        probabilities: same.probabilities,
        labels: same.labels.map((label, i) => (i === 8 ? 77 : label)),
      })
      expect(Number.isFinite(await score(few))).toBe(true)
    })

    it('takes constant embeddings', async () => {
      const constant: Change = same => ({ ...same, embeddings: same.embeddings.map(row => row.map(() => 3)) })
      expect(Number.isFinite(await score(constant))).toBe(true)
    })

    it('is the same to single precision with an engine that answers later, in single precision', async () => {
      const rounded = (values: Float64Array) => Float64Array.from(values, Math.fround)
      const later: MatrixEngine = {
        epsilon: 2 ** -23,
        gram: async a => rounded(await plainEngine.gram(a)),
        matmulTransposed: async (a, b) => rounded(await plainEngine.matmulTransposed(a, b)),
      }
      expect(Math.abs((await score(undefined, later)) - (await score()))).toBeLessThan(1e-3)
    })
  })
})
