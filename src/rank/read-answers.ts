import { softmax } from '../confidence/index.ts'
import type { ModelOutputs, OutputFile } from '../inference/index.ts'
import type { Embeddings } from '../math/embeddings.ts'
import { checkProbabilities } from '../math/probabilities.ts'
import { openNpy } from '../tensors/index.ts'
import { cardCalibration } from './card-calibration.ts'
import type { ModelAnswers } from './model-answers.ts'
import type { RankCandidate } from './rank-candidate.ts'

/**
 * What a model said, from the files it was written to.
 *
 * @param layer tensor that the embeddings are of; no embeddings when absent
 * @throws OUT_OF_RANGE when the card calls its scores probabilities and they are none
 */
export async function readAnswers(
  outputs: ModelOutputs,
  { name, card, fit, elsewhere }: RankCandidate,
  layer: string | undefined,
): Promise<ModelAnswers> {
  const { output, labels } = card.frontMatter.modelhub
  const { rows, dimensions: classes, values } = await readFloats(outputs.outputs.get(outputs.scores!)!)
  const answers = {
    name,
    labels,
    fit,
    elsewhere,
    embeddings: layer === undefined ? undefined : await readFloats(outputs.outputs.get(layer)!),
    calibration: cardCalibration(card),
  }
  if (output?.kind === 'probabilities') {
    const probabilities = { rows, classes, values }
    checkProbabilities(probabilities, 'its probabilities')
    return { ...answers, probabilities }
  }
  const logits = { rows, classes, values }
  return { ...answers, logits, probabilities: softmax(logits) }
}

/** A tensor of shape (rows, width) in memory. */
export async function readFloats({ path, shape: [rows, dimensions] }: OutputFile): Promise<Embeddings> {
  const file = await openNpy(path)
  try {
    return { rows, dimensions, values: (await file.rows(0, rows)) as Float32Array }
  } finally {
    await file.close()
  }
}
