/** The work of one process of `makeMatrices`: PART PARTS WORKLOAD… */
import { sharedFolder } from '../shared-folder.ts'
import { makePart } from './kept-matrix.ts'

const [part, parts, ...names] = process.argv.slice(2)
for (const name of names) await makePart(name, sharedFolder(), { part: Number(part), parts: Number(parts) })
