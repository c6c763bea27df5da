import type { KnownTarget } from './decision-target.ts'
import { defaultOrder, type DefaultSettings } from './default-order.ts'
import { evidenceTable } from './evidence-table.ts'
import { orderCost } from './expert-weights.ts'

const SHARPNESSES = [0, 0.5, 1, 1.5, 2, 3, 4]
const COVERED = [0, 0.1, 0.2, 0.3, 0.4, 0.6, 1]

/** A hub's known targets by the way that they are looked at: ways of the same data weigh together as one hub. */
export type KnownHub = readonly (readonly KnownTarget[])[]

const GRID = SHARPNESSES.flatMap(sharpness => COVERED.map((covered): DefaultSettings => ({ sharpness, covered })))

/** What the order of each of 7 sharpnesses and 7 gates costs on a hub: the mean over the ways to look at it. */
export function settingCosts(hub: KnownHub): number[] {
  const looked = hub.map(targets => targets.map(target => ({ target, table: evidenceTable(target) })))
  return GRID.map(settings =>
    meanOf(
      looked.map(targets =>
        meanOf(
          targets.map(({ target, table }) => orderCost(defaultOrder(target, settings, table).scores, target.values)),
        ),
      ),
    ),
  )
}

/**
 * The settings that cost least on the mean over hubs; the first of equals.
 *
 * @param costs `settingCosts` of each hub, at least one
 */
export function chooseSettings(costs: readonly (readonly number[])[]): DefaultSettings {
  const means = GRID.map((_, s) => meanOf(costs.map(of => of[s])))
  return GRID[means.indexOf(Math.min(...means))]
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
