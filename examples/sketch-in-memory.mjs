// Sketches a dataset that lies in memory: columns in, bytes of a sketch file out, nothing read or written. The same
// works in a browser.
//
//   node examples/sketch-in-memory.mjs
import { makeSketch, privacyReceipt, readSketch, writeSketch } from 'modelhub/sketch'

const rows = 1000
const height = Float64Array.from({ length: rows }, (_, i) => 150 + (i % 50))
const colour = Array.from({ length: rows }, (_, i) => (i % 10 === 0 ? null : ['red', 'green', 'blue'][i % 3]))

/** A dataset is anything that gives its columns in chunks, again and again in the same order. */
const source = {
  features: [
    { name: 'height', type: 'numeric' },
    { name: 'colour', type: 'categorical' },
  ],
  rows,
  async *chunks() {
    yield { file: 0, firstRow: 0, rows, columns: [height, colour] }
  },
}

const sketch = await makeSketch(source, { seed: 0 })
const bytes = writeSketch(sketch)
const again = await readSketch(bytes, 'memory')
const receipt = privacyReceipt(again, bytes.length)
console.log(`${receipt.rows} rows, ${again.features.map(({ name, type }) => `${name}: ${type}`).join(', ')}`)
console.log(`${receipt.partitions.clustered} clustered partitions, the smallest of ${receipt.smallestCell} rows`)
console.log(`extremes shown: ${receipt.showsExtremes}`)
