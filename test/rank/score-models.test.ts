import { describe, expect, it } from 'vitest'
import { CROWD_SCORES } from '../../src/rank/crowd-scores.ts'
import { LABEL_FREE_SCORES } from '../../src/rank/label-free-scores.ts'
import { LABELLED_SCORES } from '../../src/rank/labelled-scores.ts'
import { SCORE_NAMES } from '../../src/rank/score-names.ts'
import { scoreModels } from '../../src/rank/score-models.ts'
import { knownClasses } from '../../src/rank/target-classes.ts'
import type { ModelAnswers } from '../../src/rank/model-answers.ts'

const TRUTH = ['cat', 'cat', 'dog', 'dog']

/** A model that gives 0.9 to its prediction and the rest evenly to the other labels. */
function modelOf(
  name: string,
  labels: readonly string[],
  predicted: readonly string[],
  known: Partial<ModelAnswers> = {},
) {
  const values = predicted.flatMap(prediction =>
    labels.map(label => (label === prediction ? 0.9 : 0.1 / (labels.length - 1))),
  )
  const probabilities = { rows: predicted.length, classes: labels.length, values: Float64Array.from(values) }
  return { name, labels, probabilities, ...known }
}

const right = modelOf('x/right', ['cat', 'dog'], TRUTH)
const turned = modelOf('x/turned', ['Dog', 'CAT'], ['CAT', 'CAT', 'Dog', 'CAT'])
const other = modelOf('x/other', ['dog', 'bird'], ['bird', 'bird', 'dog', 'dog'])

describe('scores of models on four rows, by hand', () => {
  it('join labels by name: an unknown label counts as wrong', async () => {
    const { scores } = await scoreModels([right, turned, other], { rows: 4, labels: TRUTH })
    expect(scores.map(found => found.get('accuracy'))).toEqual([1, 0.75, 0.5])
  })

  it('are of the rows that have a label', async () => {
    const labels = ['cat', undefined, 'dog', 'dog']
    const embeddings = { rows: 4, dimensions: 1, values: Float32Array.of(1, 50, -1, -1.1) }
    const { scores } = await scoreModels([turned, { ...right, embeddings }], { rows: 4, labels })
    expect(scores.map(found => found.get('accuracy'))).toEqual([2 / 3, 1])
    const alone = { ...right, embeddings: { rows: 3, dimensions: 1, values: Float32Array.of(1, -1, -1.1) } }
    const three = { rows: 3, classes: 2, values: Float64Array.of(0.9, 0.1, 0.1, 0.9, 0.1, 0.9) }
    const expected = await scoreModels([{ ...alone, probabilities: three }], { rows: 3, labels: ['cat', 'dog', 'dog'] })
    expect(scores[1].get('neuralrank')).toBe(expected.scores[0].get('neuralrank'))
    expect(scores[1].get('leep')).toBe(expected.scores[0].get('leep'))
  })

  it('compare the models with each other', async () => {
    const { scores } = await scoreModels([right, turned, other], { rows: 4 })
    // right–turned agree on 3 rows, right–other on 2, turned–other on 1; the vote is cat cat dog dog.
    expect(scores.map(found => found.get('agreement'))).toEqual([5 / 8, 4 / 8, 3 / 8])
    expect(scores.map(found => found.get('vote'))).toEqual([1, 0.75, 0.5])
  })

  it('weigh the vote by fit where the fit of all is known', async () => {
    const fits = [0.1, 0.2, 0.9]
    const models = [right, turned, other].map((model, m) => ({ ...model, fit: fits[m] }))
    const { scores } = await scoreModels(models, { rows: 4 })
    // The third model has more weight than the two others together.
    expect(scores.map(found => found.get('weighted-vote'))).toEqual([0.5, 0.25, 1])
    const without = await scoreModels([models[0], models[1], other], { rows: 4 })
    expect(without.scores[0].has('weighted-vote')).toBe(false)
    expect(without.scores.map(found => found.get('fit'))).toEqual([0.1, 0.2, undefined])
  })

  it('leave out what the evidence does not allow', async () => {
    const { scores, alarm } = await scoreModels([right], { rows: 4 })
    expect([...scores[0].keys()].sort()).toEqual(['confidence', 'entropy', 'margin', 'nuclear-norm'])
    expect(scores[0].get('confidence')).toBeCloseTo(0.9, 12)
    expect(scores[0].get('entropy')).toBeCloseTo(0.9 * Math.log(0.9) + 0.1 * Math.log(0.1), 12)
    expect(alarm).toBeUndefined()
  })

  it('say nothing of transferability where all rows have one label', async () => {
    const { scores } = await scoreModels([right], { rows: 4, labels: ['cat', 'cat', 'cat', 'cat'] })
    expect(scores[0].get('accuracy')).toBe(0.5)
    expect(scores[0].has('leep')).toBe(false)
  })

  it('look at a layer, at logits and at the card’s calibration where there are any', async () => {
    const embeddings = { rows: 4, dimensions: 2, values: Float32Array.of(1, 0, 1, 0.1, 0, 1, 0.1, 1) }
    const logits = { rows: 4, classes: 2, values: Float64Array.of(2, 0, 2, 0, 0, 2, 0, 2) }
    const calibration = { accuracy: 0.8, meanConfidence: 0.95, atcThreshold: 0.5, temperature: 1, confusion: [] }
    const { scores } = await scoreModels([{ ...right, embeddings, logits, calibration }], { rows: 4, labels: TRUTH })
    const [found] = scores
    expect(found.get('neuralrank')).toBeGreaterThan(0.9)
    expect(found.get('neuralrank-predicted')).toBeCloseTo(found.get('neuralrank')!, 12)
    expect(found.get('energy')).toBeCloseTo(Math.log(Math.exp(2) + 1), 12)
    expect(found.get('atc')).toBe(1)
    expect(found.get('doc')).toBeCloseTo(0.8 - (0.95 - 0.9), 12)
    expect(found.get('cbpe')).toBeCloseTo(0.9, 12)
    expect(found.has('logistic-probe')).toBe(false)
  })

  it('leave out what is dear on a wide layer, and say so, unless it is asked for', async () => {
    const [rows, dimensions] = [300, 257]
    const values = Float32Array.from({ length: rows * dimensions }, (_, at) => ((at * 7919) % 263) / 263)
    const truth = Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? 'cat' : 'dog'))
    const wide = { ...modelOf('x/wide', ['cat', 'dog'], truth), embeddings: { rows, dimensions, values } }
    const dear = ['logme', 'h-score', 'regularised-h-score', 'transrate']
    const always = ['nearest-neighbours', 'logistic-probe']
    const { scores, leftOut } = await scoreModels([wide, wide], { rows, labels: truth })
    expect(leftOut).toEqual([...dear, ...always])
    expect(dear.filter(name => scores[0].has(name))).toEqual([])
    expect(scores[0].has('neuralrank')).toBe(true)
    const named = await scoreModels([wide], { rows, labels: truth }, { also: ['h-score'] })
    expect(named.leftOut).not.toContain('h-score')
    expect(named.scores[0].get('h-score')).toBeGreaterThan(0)
    const narrow = { ...wide, embeddings: { rows, dimensions: 2, values: values.slice(0, 2 * rows) } }
    const cheap = await scoreModels([narrow], { rows, labels: truth })
    expect(cheap.leftOut).toEqual(always)
    expect(dear.filter(name => !cheap.scores[0].has(name))).toEqual([])
    const all = await scoreModels([narrow], { rows, labels: truth }, { also: 'all' })
    expect(all.leftOut).toEqual([])
    expect(all.scores[0].has('logistic-probe')).toBe(true)
  })

  it('compute a slow score where it is asked for', async () => {
    const embeddings = { rows: 4, dimensions: 1, values: Float32Array.of(1, 1.1, -1, -1.1) }
    const also = ['logistic-probe']
    const { scores } = await scoreModels([{ ...right, embeddings }], { rows: 4, labels: TRUTH }, { also })
    expect(scores[0].get('logistic-probe')).toBe(1)
  })
})

describe('the labels of rows among a model’s classes', () => {
  it('are joined by name; -1 for none and for an unknown one', () => {
    expect([...knownClasses(['CAT', undefined, 'owl', 'dog'], ['dog', 'cat'])]).toEqual([1, -1, -1, 0])
    expect([...knownClasses([undefined], ['dog', 'cat'])]).toEqual([-1])
  })
})

describe('the scores', () => {
  it('are those that are described', () => {
    const computed = [LABELLED_SCORES, LABEL_FREE_SCORES, CROWD_SCORES].flatMap(scores => Object.keys(scores))
    expect(computed.sort()).toEqual([...SCORE_NAMES].sort())
  })
})
