import { randomQuality, rankingQuality, type RankedTarget, type RankingQuality } from './ranking-quality.ts'
import { workloadSignals } from './workload-signals.ts'
import { candidatesOf, type Workload, type WorkloadModel, type WorkloadTarget } from './workload.ts'

/**
 * The quality of every signal on a workload, by name: both spaces, and the baselines; none of a signal that says the
 * same of all models of every target.
 */
export function workloadQualities(workload: Workload): Map<string, RankingQuality> {
  const found = new Map<string, RankingQuality>()
  const { signals, valuesFor } = workloadSignals(workload)
  const values = workload.targets.map(valuesFor)
  for (const { name, better } of signals) {
    const ranked = workload.targets.map((target, t) => {
      const candidates = candidatesOf(workload, target)
      const sign = better === 'greater' ? 1 : -1
      const truth = candidates.map(({ serving }) => serving.get(target.id)!)
      return lastWhereMissing({ truth, scores: candidates.map(({ id }) => sign * values[t].get(name)!.get(id)!) })
    })
    if (tellsApart(ranked)) found.set(name, rankingQuality(ranked))
  }
  return new Map([...found, ...baselines(workload)])
}

/** A model that a search does not give comes after all that it gives. */
function lastWhereMissing({ truth, scores }: { truth: readonly number[]; scores: readonly number[] }) {
  const least = Math.min(...scores.filter(score => !Number.isNaN(score)))
  const last = Number.isFinite(least) ? least - 1e-9 : 0
  return { truth, scores: scores.map(score => (Number.isNaN(score) ? last : score)) }
}

/** Signals that do not look at the target's data. */
function baselines(workload: Workload): Map<string, RankingQuality> {
  const { targets, isOwn } = workload
  const truthOf = (target: WorkloadTarget) => candidatesOf(workload, target).map(m => m.serving.get(target.id)!)
  const found = new Map([['random', randomQuality(targets.map(truthOf))]])
  const add = (name: string, score: (model: WorkloadModel, target: WorkloadTarget) => number) => {
    const ranked = targets.map(target => ({
      truth: truthOf(target),
      scores: candidatesOf(workload, target).map(model => score(model, target)),
    }))
    if (tellsApart(ranked)) found.set(name, rankingQuality(ranked))
  }
  const elsewhere = (model: WorkloadModel, target: WorkloadTarget) => {
    const others = targets.filter(({ id }) => model.serving.has(id) && !isOwn(model.id, id))
    const values = others.filter(({ id }) => !isTwin(workload, id, target.id)).map(({ id }) => model.serving.get(id)!)
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  add('source accuracy', ({ sourceAccuracy }) => sourceAccuracy)
  add('mean accuracy elsewhere', elsewhere)
  add('size, largest first', ({ sizeBytes }) => sizeBytes)
  add('size, smallest first', ({ sizeBytes }) => -sizeBytes)
  return found
}

/** Whether a signal says more than the order of the manifest. */
function tellsApart(ranked: readonly RankedTarget[]): boolean {
  return ranked.some(({ scores }) => new Set(scores).size > 1)
}

/** Whether two targets hold the same data: themselves, or one model is of both. */
function isTwin({ models, isOwn }: Workload, a: string, b: string): boolean {
  return a === b || models.some(({ id }) => isOwn(id, a) && isOwn(id, b))
}
