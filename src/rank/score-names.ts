/** A way to score models that were run; of two the higher score is the better, whatever the score. */
export interface ScoreDescription {
  /** One line for the help text: what it is, its range. */
  readonly about: string
  readonly needs: 'labels' | 'nothing'
  /**
   * Where it is left out unless it is asked for: `wide` on a wide layer, whose matrix it takes apart; `always` everywhere.
   * Absent where it is always computed.
   */
  readonly dear?: 'wide' | 'always'
  /** What must be there for a model to have it, beside the rows that were run. */
  readonly requires?: string
}

const TWO_CLASSES = 'labels of at least two classes'
const LAYER = 'a layer of numbers'
const CALIBRATION = 'a calibration in the card (modelhub calibrate)'
const LOGITS = 'a card that says logits of the output'
const OTHERS = 'at least two models'
const FITS = 'at least two models, all with a fit'
const TWO_LABELS = 'at least two models, of two labels in all'

const labelled = (about: string, requires: string): ScoreDescription => ({ about, requires, needs: 'labels' })
const dear = (about: string, where: 'wide' | 'always') => ({
  ...labelled(about, `${TWO_CLASSES}, ${LAYER}`),
  dear: where,
})
const free = (about: string, requires?: string): ScoreDescription => ({ about, requires, needs: 'nothing' })

/** Every score by name. */
export const SCORES = {
  accuracy: labelled(
    'share of the sample predicted right, labels joined by name, in [0, 1]',
    'labels that the model knows',
  ),
  neuralrank: labelled(
    'silhouette of the layer’s principal components by class (neuralRank), in [−1, 1]',
    `${TWO_CLASSES}, ${LAYER}`,
  ),
  logme: dear('log evidence of the labels given the layer, a row (You et al. 2021)', 'wide'),
  leep: labelled('log likelihood of the labels through the model’s classes (Nguyen et al. 2020), ≤ 0', TWO_CLASSES),
  nce: labelled(
    'negative conditional entropy of the labels given the predictions (Tran et al. 2019), ≤ 0',
    TWO_CLASSES,
  ),
  'h-score': dear('variance of the class means over that of the layer (Bao et al. 2019), ≥ 0', 'wide'),
  'regularised-h-score': dear('the same with a shrunk covariance (Ibrahim et al. 2022), ≥ 0', 'wide'),
  transrate: dear('coding rate of the layer less that within classes (Huang et al. 2022)', 'wide'),
  'nearest-neighbours': dear('cross-validated accuracy of nearest neighbours on the layer, in [0, 1]', 'always'),
  'logistic-probe': dear('held-out accuracy of the last layer trained anew, in [0, 1]', 'always'),
  fit: free(
    'how well the training data cover the target, by sketches alone, in [0, 1]',
    'a target that can be sketched',
  ),
  elsewhere: free(
    'mean accuracy on the hub’s other labelled datasets (modelhub evaluate), in [0, 1]',
    'other labelled datasets in the hub (modelhub evaluate)',
  ),
  confidence: free('mean of the highest probability, in [0, 1]'),
  entropy: free('mean entropy of the probabilities, negated, nats, ≤ 0'),
  margin: free('mean of the highest probability less the second, in [0, 1]'),
  'nuclear-norm': free('how sure and how varied the predictions are (Deng et al. 2023), in [0, 1]'),
  energy: free('mean energy of the logits (Liu et al. 2020), negated', LOGITS),
  mde: free('meta-distribution energy (Peng et al. 2024)', LOGITS),
  atc: free('predicted accuracy: rows surer than the card’s threshold (Garg et al. 2022), in [0, 1]', CALIBRATION),
  doc: free(
    'predicted accuracy: the card’s, less the drop in confidence (Guillory et al. 2021), in [0, 1]',
    CALIBRATION,
  ),
  cbpe: free('predicted accuracy: mean confidence at the card’s temperature, in [0, 1]', CALIBRATION),
  'neuralrank-predicted': free(
    'neuralRank on the model’s own predictions in place of labels, in [−1, 1]',
    `${LAYER}, predictions of at least two classes`,
  ),
  agreement: free('mean share of rows on which another model agrees, in [0, 1]', OTHERS),
  vote: free('share of rows on which the model agrees with the vote of all, in [0, 1]', OTHERS),
  'weighted-vote': free('the same, each vote weighing as the model’s fit, in [0, 1]', FITS),
  crowd: free('accuracy that the vote expects, each weighing e² for a standard deviation of fit, in [0, 1]', FITS),
  'crowd-f1': free(
    'F1 that the same vote expects for the rarer of two labels, in [0, 1]',
    `${FITS}, of two labels in all`,
  ),
  'soft-f1': free('F1 against the zoo’s share of votes for the rarer of two labels, in [0, 1]', TWO_LABELS),
} as const satisfies Record<string, ScoreDescription>

export type ScoreName = keyof typeof SCORES

export const SCORE_NAMES = Object.keys(SCORES) as readonly ScoreName[]
