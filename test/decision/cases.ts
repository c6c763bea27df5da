import fc from 'fast-check'
import type { LabelEvidence } from '../../src/decision/index.ts'

/** Evidence of what each model says of each row: one array a model; classes are numbered from 0. */
export function evidenceOf(
  said: readonly (readonly number[])[],
  labels: Readonly<Record<number, number>> = {},
  { classes = 1 + Math.max(...said.flat()), fits }: { classes?: number; fits?: readonly number[] } = {},
): LabelEvidence {
  const known = new Map(Object.entries(labels).map(([row, label]) => [Number(row), label]))
  return { predictions: said.map(one => Int32Array.from(one)), classes, fits, labels: known }
}

/** Models of some rows with labels, abstaining now and then. */
export const arbitraryEvidence: fc.Arbitrary<LabelEvidence> = fc
  .record({
    models: fc.integer({ min: 2, max: 6 }),
    rows: fc.integer({ min: 1, max: 25 }),
    classes: fc.integer({ min: 2, max: 5 }),
  })
  .chain(({ models, rows, classes }) =>
    fc.record({
      said: fc.array(fc.array(fc.integer({ min: -1, max: classes - 1 }), { minLength: rows, maxLength: rows }), {
        minLength: models,
        maxLength: models,
      }),
      labels: fc.dictionary(
        fc.integer({ min: 0, max: rows - 1 }).map(String),
        fc.integer({ min: -1, max: classes - 1 }),
      ),
      fits: fc.option(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: models, maxLength: models }), {
        nil: undefined,
      }),
      classes: fc.constant(classes),
    }),
  )
  .map(({ said, labels, fits, classes }) => evidenceOf(said, labels, { fits, classes }))
