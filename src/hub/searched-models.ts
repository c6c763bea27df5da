import { memberName, type Member, type MemberTable } from '../catalog/index.ts'
import { sourceAccuracyOrder, type StatedModel } from '../search/index.ts'

/** Names of the data-blind order that a result holds. */
const MOST_BLIND = 1000

/** Names of models that were searched that a result holds. */
const MOST_CONSIDERED = 10_000

const ACCURACY_STEPS = 4096

type NamedVersion = Pick<Member, 'name' | 'version'>

/** What a result tells of the models that were searched, compared or not. */
export interface SearchedModels {
  /** Models that were chosen to be searched. */
  readonly count: number
  /** Of them, those that share enough features with the target. */
  readonly overlapping: number
  /** The first 10,000 by name, as `owner/model@3`. */
  readonly considered: readonly string[]
  /** Of those that share enough features, the first 1,000 in the order that looks at no data. */
  readonly blindOrder: readonly StatedModel[]
  /** Those that share enough features, in no order. */
  readonly ranked: Iterable<NamedVersion>
  /** Those that were sketched by another view than the target, in order of name. */
  readonly ofOtherViews: Iterable<Pick<Member, 'name' | 'view'>>
}

/** Of models that were all compared. */
export function comparedModels(
  searched: readonly (NamedVersion & Pick<Member, 'view'>)[],
  ranked: readonly StatedModel[],
  view: string | undefined,
): SearchedModels {
  const sorted = [...searched].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version - b.version))
  return {
    ...{ count: searched.length, overlapping: ranked.length, ranked },
    considered: sorted.slice(0, MOST_CONSIDERED).map(refOf),
    blindOrder: sourceAccuracyOrder(ranked).slice(0, MOST_BLIND),
    ofOtherViews: sorted.filter(one => one.view !== (view ?? null)),
  }
}

/**
 * Of the members of a hub: nothing is made of those that a result does not name.
 *
 * @param chosen rows of those that were searched, ascending
 * @param ranked rows of those that share enough features
 */
export function listedModels(
  table: MemberTable,
  { chosen, ranked, view }: { readonly chosen: Uint32Array; readonly ranked: Uint32Array; readonly view?: string },
): SearchedModels {
  const at = (row: number) => ({ name: memberName(table, row), version: table.versions[row] })
  const stated = (row: number) => {
    const accuracy = table.sourceAccuracies[row]
    return { ...at(row), sourceAccuracy: Number.isNaN(accuracy) ? null : accuracy }
  }
  return {
    ...{ count: chosen.length, overlapping: ranked.length },
    considered: Array.from(chosen.subarray(0, MOST_CONSIDERED), row => refOf(at(row))),
    blindOrder: Array.from(firstByAccuracy(table.sourceAccuracies, ranked, MOST_BLIND), stated),
    ranked: {
      *[Symbol.iterator]() {
        for (const row of ranked) yield at(row)
      },
    },
    ofOtherViews: {
      *[Symbol.iterator]() {
        const own = table.views.indexOf(view ?? null)
        if (table.views.length === 1 && own === 0) return
        for (const row of chosen) {
          if (table.viewOf[row] !== own) yield { name: memberName(table, row), view: table.views[table.viewOf[row]] }
        }
      },
    },
  }
}

/**
 * The first rows by accuracy, unknown ones last, ties by row, as `sourceAccuracyOrder` has them. Only those are sorted
 * that fall, counted in steps of accuracy, among the first.
 */
function firstByAccuracy(accuracies: Float64Array, rows: Uint32Array, most: number): Uint32Array {
  const accuracy = (row: number) => (Number.isNaN(accuracies[row]) ? -1 : accuracies[row])
  const step = (row: number) => 1 + Math.floor(accuracy(row) * (ACCURACY_STEPS - 2))
  const counts = new Uint32Array(ACCURACY_STEPS)
  for (const row of rows) counts[Math.max(0, step(row))]++
  let [least, above] = [ACCURACY_STEPS, 0]
  while (least > 0 && above < most) above += counts[--least]
  const first = rows.filter(row => Math.max(0, step(row)) >= least)
  return first.sort((a, b) => accuracy(b) - accuracy(a) || a - b).subarray(0, most)
}

function refOf({ name, version }: NamedVersion): string {
  return `${name}@${version}`
}
