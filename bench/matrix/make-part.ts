/** The work of one process of `makeMatrices`: WORKLOAD PART PARTS. */
import { sharedFolder } from '../shared-folder.ts'
import { makePart } from './kept-matrix.ts'

const [name, part, parts] = process.argv.slice(2)
await makePart(name, sharedFolder(), { part: Number(part), parts: Number(parts) })
