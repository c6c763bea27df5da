import type { Command } from 'commander'
import { printNote } from './print.ts'
import { writeWhole } from './write-whole.ts'

const EXAMPLE = `
The sketches must have the same features and the same seed. What cannot be had from sketches alone is estimated: edges
move within bins, and MinHash places are drawn from either side.

Example:
  $ modelhub sketch merge north.sketch.parquet south.sketch.parquet -o both.sketch.parquet`

/** `modelhub sketch merge`: the sketch of datasets put together. */
export function addSketchMergeCommand(sketch: Command): void {
  sketch
    .command('merge')
    .argument('<sketches...>', 'two or more sketch files')
    .requiredOption('-o, --output <file>', 'sketch file to write')
    .description('merge sketches into that of their data put together')
    .addHelpText('after', EXAMPLE)
    .action(async (paths: string[], { output }: { output: string }) => {
      const { loadSketchFile } = await import('../hub/index.ts')
      const { mergeSketches } = await import('../sketch/merge-sketches.ts')
      const { writeSketch } = await import('../sketch/write-sketch.ts')
      const { renderReceipt } = await import('./render-receipt.ts')
      const sketches = []
      for (const path of paths) sketches.push((await loadSketchFile(path)).sketch)
      const merged = mergeSketches(sketches)
      const bytes = writeSketch(merged)
      await writeWhole(output, bytes)
      printNote(renderReceipt(output, merged, bytes.length))
    })
}
