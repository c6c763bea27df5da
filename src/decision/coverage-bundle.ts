import { ModelHubError } from '../common/modelhub-error.ts'

/** A model, and which parts of a target it covers. */
export interface Coverer {
  readonly name: string
  /** One per part. */
  readonly covers: readonly boolean[]
}

/** One model of a bundle. */
export interface BundleStep {
  readonly name: string
  /** Parts that it covers and no model before it does, ascending. */
  readonly gained: readonly number[]
  /** All parts that it covers, ascending. */
  readonly covered: readonly number[]
  /** Share of the target's rows in the parts that it and the models before it cover, in [0, 1]. */
  readonly share: number
}

/** Models that together cover what any model covers. */
export interface CoverageBundle {
  /** In order of gain. */
  readonly steps: readonly BundleStep[]
  /** Parts that no model covers, ascending. */
  readonly uncovered: readonly number[]
  /** Share of the rows that all models together cover: that of the bundle. */
  readonly share: number
  /** Share of the rows that the best single model covers: the first of the bundle. */
  readonly bestSingle: number
}

/**
 * The models that together cover all that any of them covers, chosen greedily: each time the one that adds most rows
 * (ties go to the first of the list).
 *
 * With rows for elements this is the greedy algorithm of weighted set cover and of maximum coverage. The bundle has at
 * most H(n) ≤ 1 + ln n times as many models as the smallest one, n the most rows that a model covers (Chvátal 1979); its
 * first k models cover at least 1 − (1 − 1/k)^k > 1 − 1/e of what the best k models could (Nemhauser et al. 1978).
 *
 * @param models best fit first
 * @param rows rows of each part, whole numbers; parts without rows are never covered
 * @throws SHAPE when a model has another number of parts than there are rows
 * @throws OUT_OF_RANGE when there are no rows at all
 */
export function coverageBundle(models: readonly Coverer[], rows: readonly number[]): CoverageBundle {
  const all = rows.reduce((sum, n) => sum + n, 0)
  if (!(all > 0)) throw new ModelHubError('OUT_OF_RANGE', `rows: expected parts with rows, got ${all} rows`)
  for (const { name, covers } of models) requireParts(name, covers.length, rows.length)
  const open = new Set(rows.keys())
  const steps: BundleStep[] = []
  let done = 0
  for (;;) {
    const best = mostAdded(models, rows, open)
    if (!best) break
    const gained = partsOf(best.model).filter(part => open.has(part) && rows[part] > 0)
    gained.forEach(part => open.delete(part))
    done += best.added
    steps.push({ name: best.model.name, gained, covered: partsOf(best.model), share: done / all })
  }
  return { steps, uncovered: [...open], share: done / all, bestSingle: steps[0]?.share ?? 0 }
}

function mostAdded(models: readonly Coverer[], rows: readonly number[], open: ReadonlySet<number>) {
  let best: { readonly model: Coverer; readonly added: number } | undefined
  for (const model of models) {
    let added = 0
    for (const part of open) if (model.covers[part]) added += rows[part]
    if (added > (best?.added ?? 0)) best = { model, added }
  }
  return best
}

function partsOf({ covers }: Coverer): number[] {
  return Array.from(covers.keys()).filter(part => covers[part])
}

function requireParts(name: string, got: number, expected: number): void {
  if (got !== expected)
    throw new ModelHubError('SHAPE', `covers of ${name}: expected shape (${expected}), got (${got})`)
}
