import { expect, it } from 'vitest'
import { combineAnswers } from '../../src/decision/index.ts'

const answers = (labels: readonly string[], ...rows: (readonly number[])[]) => ({
  labels,
  probabilities: { rows: rows.length, classes: labels.length, values: Float32Array.from(rows.flat()) },
})

it('takes the mean of those that are asked, labels joined by name', () => {
  const models = [
    answers(['cat', 'dog'], [1, 0], [0.5, 0.5], [0.25, 0.75]),
    answers(['Dog', 'owl'], [0, 1], [0.5, 0.5], [1, 0]),
  ]
  const { labels, probabilities } = combineAnswers(models, [[0], [0, 1], [1]])
  expect(labels).toEqual(['cat', 'dog', 'owl'])
  expect(probabilities).toEqual({
    rows: 3,
    classes: 3,
    values: Float32Array.of(1, 0, 0, 0.25, 0.5, 0.25, 0, 1, 0),
  })
})
