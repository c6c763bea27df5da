import { DuckDBInstance } from '@duckdb/node-api'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scoreModels, type ModelAnswers } from '../../src/rank/index.ts'
import { predictionsOf } from './predictions.ts'
import type { MadeMatrix, MatrixPair, MatrixTarget } from './score-matrix.ts'

const BYTES_PER_PARAMETER = 4

/** Public vision models fine-tuned on data sets: what was published of them, and two scores of eight of the data sets. */
export async function finetuneMatrix(shared: string): Promise<MadeMatrix> {
  const part = (name: string) => join(shared, `peers/hub-finetune/image_classification__${name}.csv`)
  const models = await csvRows<{ model: string; dataset: string; accuracy: string; parameters: string }>(
    `select model, dataset, accuracy, number_of_parameters as parameters from ${csv(part('model_config_dataset'))}`,
  )
  const records = await csvRows<Record<'model' | 'target' | 'truth' | 'logme' | 'hScore', string>>(
    `with score as (select model, target_dataset as target, metric, avg(try_cast(score as double)) score
       from ${csv(part('transferability_score_records'))} group by all)
     select r.model, finetuned_dataset as target, eval_accuracy truth, l.score logme, h.score as hScore
     from ${csv(part('records'))} r
     left join score l on l.metric like '%LOG_ME' and l.model = r.model and l.target = finetuned_dataset
     left join score h on h.metric like '%H_SCORE' and h.model = r.model and h.target = finetuned_dataset
     order by all`,
  )
  const trainedOn = new Map(models.map(({ model, dataset }) => [model, dataset]))
  const isOwn = (model: string, target: string) => trainedOn.get(model) === target
  const known = records.filter(({ model }) => trainedOn.has(model))
  const targets = [...new Set(known.map(({ target }) => target))].map((id): MatrixTarget => {
    const here = known.filter(({ target }) => target === id)
    const pairs = here
      .filter(({ model }) => !isOwn(model, id))
      .map(({ model, truth, logme, hScore }): MatrixPair => {
        const signals = { logme: numberOf(logme), 'regularised-h-score': numberOf(hScore) }
        const told = Object.entries(signals).filter((one): one is [string, number] => one[1] !== undefined)
        return { model, truth: Number(truth), signals: Object.fromEntries(told) }
      })
    return { id, rows: 0, classes: [], own: here.flatMap(({ model }) => (isOwn(model, id) ? model : [])), pairs }
  })
  const matrix = {
    name: 'hub-finetune',
    about: 'public vision models, nothing run here; accuracy after fine-tuning, with scores that others computed',
    truth: 'accuracy after fine-tuning',
    signals: {
      logme: { better: 'greater', needs: 'labels' },
      'regularised-h-score': { better: 'greater', needs: 'labels' },
    },
    models: models.map(({ model, accuracy, parameters }) => ({
      ...{ id: model, classes: [], sourceAccuracy: numberOf(accuracy) },
      sizeBytes: numberOf(parameters) && BYTES_PER_PARAMETER * Number(parameters),
    })),
    targets,
  } as const
  return { matrix, predictions: [] }
}

/** Scores of models by their predicted classes alone. */
const BY_PREDICTIONS = ['agreement', 'vote', 'soft-f1'] as const

/** Zoos of which others published every model's predictions of one data set: a target each, with candidates of its own. */
export async function predictionsMatrix(shared: string): Promise<MadeMatrix> {
  const folder = join(shared, 'peers/zoo-predictions')
  const targets: MatrixTarget[] = []
  const predictions = []
  for (const file of readdirSync(folder).sort()) {
    const id = file.replace('.csv', '')
    const { labels, answers } = publishedAnswers(join(folder, file), id)
    const { scores, alarm } = await scoreModels(answers, { rows: labels.length })
    const told = predictionsOf(id, labels, answers)
    const truth = Buffer.from(told.truth, 'base64')
    const pairs = answers.map(({ name }, m): MatrixPair => {
      const predicted = Buffer.from(told.models[name].predicted, 'base64')
      const right = truth.filter((label, row) => label === predicted[row]).length
      const signals = BY_PREDICTIONS.flatMap(score => {
        const value = scores[m].get(score)
        return value === undefined ? [] : [[score, value] as const]
      })
      return { model: name, truth: right / labels.length, signals: Object.fromEntries(signals) }
    })
    const crowd = alarm && { ...alarm, camps: alarm.camps.map(({ length }) => length) }
    targets.push({ id, rows: labels.length, classes: [...new Set(labels)].sort(), crowd, own: [], pairs })
    predictions.push(told)
  }
  const models = targets.flatMap(({ classes, pairs }) => pairs.map(({ model }) => ({ id: model, classes })))
  const matrix = {
    name: 'zoo-predictions',
    about:
      'five zoos whose predictions others published: no sketches, no probabilities; each target has its own models',
    truth: 'accuracy',
    signals: Object.fromEntries(BY_PREDICTIONS.map(name => [name, { better: 'greater', needs: 'run' }] as const)),
    models,
    targets,
  }
  return { matrix, predictions }
}

/** A file of labels and predicted classes, a column a model: predictions as sure ones. */
function publishedAnswers(path: string, zoo: string) {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split('\n')
  const cells = lines.map(line => line.split(','))
  const names = [...new Set(cells.flat())].sort()
  const answers = head
    .split(',')
    .slice(1)
    .map((model, m): ModelAnswers => {
      const values = new Float32Array(cells.length * names.length)
      cells.forEach((row, i) => (values[i * names.length + names.indexOf(row[m + 1])] = 1))
      return {
        name: `${zoo}/${model}`,
        labels: names,
        probabilities: { rows: cells.length, classes: names.length, values },
      }
    })
  return { labels: cells.map(([label]) => label), answers }
}

function numberOf(text: string | null): number | undefined {
  return text === null || text === '' ? undefined : Number(text)
}

const csv = (path: string) => `read_csv('${path}', all_varchar = true, delim = ',', header = true, null_padding = true)`

async function csvRows<T>(sql: string): Promise<T[]> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson()
  connection.disconnectSync()
  instance.closeSync()
  return rows as T[]
}
