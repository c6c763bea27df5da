import type { Calibration } from '../confidence/index.ts'
import { withFrontMatterValue, type ModelCard } from '../model/index.ts'

/** What a card's publisher measured on held-out rows; undefined unless all of it is there. */
export function cardCalibration({ frontMatter }: ModelCard): Calibration | undefined {
  const { accuracy, meanConfidence, atcThreshold, temperature, confusion } = frontMatter.modelhub.calibration ?? {}
  const complete =
    accuracy !== undefined &&
    meanConfidence !== undefined &&
    atcThreshold !== undefined &&
    temperature !== undefined &&
    confusion !== undefined
  return complete ? { accuracy, meanConfidence, atcThreshold, temperature, confusion } : undefined
}

/** The text of a card with a calibration in it, rounded to six digits; all else stays as it is. */
export function withCalibration(cardText: string, calibration: Calibration): string {
  const rounded = Object.entries(calibration).map(([name, value]: [string, unknown]) => {
    return [name, typeof value === 'number' ? Number(value.toPrecision(6)) : value]
  })
  return withFrontMatterValue(cardText, ['modelhub', 'calibration'], Object.fromEntries(rounded))
}
