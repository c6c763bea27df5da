import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { crowdAlarm, meanAgreement } from '../../src/confidence/index.ts'
import { hasShared, sharedPath } from '../shared.ts'

/** Spearman's (1904) correlation: Pearson's of the mid-ranks. */
function spearman(x: readonly number[], y: readonly number[]): number {
  const midRanks = (values: readonly number[]) =>
    values.map(
      value => values.filter(other => other < value).length + values.filter(other => other === value).length / 2,
    )
  const [a, b] = [midRanks(x), midRanks(y)]
  const mean = x.length / 2
  const product = (p: number[], q: number[]) => p.reduce((sum, value, i) => sum + (value - mean) * (q[i] - mean), 0)
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

function readZoo(name: string) {
  const [header, ...lines] = readFileSync(sharedPath('peers', 'zoo-predictions', `${name}.csv`), 'utf8')
    .trim()
    .split('\n')
  const rows = lines.map(line => line.split(',').map(Number))
  const columns = header.split(',').flatMap((column, c) => (column.startsWith('model') ? [c] : []))
  const predictions = columns.map(c => Int32Array.from(rows, row => row[c]))
  const truth = rows.map(row => row[0])
  const accuracy = predictions.map(labels => truth.filter((label, i) => label === labels[i]).length / truth.length)
  return { predictions, accuracy }
}

describe('public zoos', () => {
  it.skipIf(!hasShared).each([
    ['pacs', 0.9, false],
    ['glue_rte', 0.83, false],
    ['glue_cola', 0.43, false],
    ['glue_mrpc_train', -0.62, true],
  ])('needs ../shared: %s has Spearman %d of agreement with accuracy, alarm %s', (name, correlation, alarm) => {
    const { predictions, accuracy } = readZoo(name)
    expect(spearman([...meanAgreement(predictions)], accuracy)).toBeCloseTo(correlation, 2)
    expect(crowdAlarm(predictions).alarm).toBe(alarm)
  })
})
