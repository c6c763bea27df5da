/**
 * What does every signal say of every candidate for every target? One file a workload in .cache/matrix, and the
 * candidates' predictions beside it.
 *
 *   npm run bench:matrix -- WORKLOAD…
 */
import { WORKLOADS } from './matrix/kept-matrix.ts'
import { makeMatrices } from './matrix/make-matrices.ts'

const asked = process.argv.slice(2)
const unknown = asked.find(name => !WORKLOADS.includes(name))
if (unknown !== undefined) {
  process.stderr.write(`${unknown}: no such workload; expected ${WORKLOADS.join(', ')}\n`)
  process.exit(2)
}
await makeMatrices(asked.length > 0 ? asked : WORKLOADS)
