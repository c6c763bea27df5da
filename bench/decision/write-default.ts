import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isServed, shippedDefault, type LookedView } from './without-history.ts'

const SHIPPED = fileURLToPath(new URL('../../src/decision/generated/default-decision.ts', import.meta.url))

/** Writes what is shipped, learned from all workloads, into the source. */
export function writeDefault(views: readonly LookedView[]): void {
  const names = [...new Set(views.filter(isServed).map(({ view }) => view.name.split(',')[0]))]
  const header = `import type { DefaultDecision } from '../default-decision.ts'

/**
 * The default of hubs without a history, learned by \`npm run bench:decision\` from the score matrices of the workloads
 * (${names.slice(0, 7).join(', ')},
 * ${names.slice(7).join(', ')}).
 */
export const DEFAULT_DECISION: DefaultDecision = `
  writeFileSync(
    SHIPPED,
    `${header}${JSON.stringify(shippedDefault(views), (_, value: unknown) => rounded(value), 2)}\n`,
  )
}

/** Six digits; an interval that cannot be told is the whole range. */
function rounded(value: unknown): unknown {
  if (typeof value !== 'number') return value
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : 1
}
