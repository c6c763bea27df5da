import { ByteWriter, parquetWrite } from 'hyparquet-writer'
import { METADATA_KEY, renderMetadata } from './sketch-metadata.ts'
import type { Sketch } from './sketch.ts'

/** File name ending of sketch files. */
export const SKETCH_FILE_ENDING = '.sketch.parquet'

const COLUMNS = ['partition', 'feature', 'bin', 'count'] as const

/**
 * The bytes of a sketch file: one Parquet row per bin that holds something (partition, feature, bin, count), everything
 * else in the key-value metadata. The same sketch gives the same bytes on every platform.
 */
export function writeSketch(sketch: Sketch): Uint8Array {
  const columns = filledBins(sketch)
  const writer = new ByteWriter()
  parquetWrite({
    writer,
    columnData: COLUMNS.map((name, i) => ({
      name,
      data: columns[i],
      type: 'INT32' as const,
      nullable: false,
      encoding: 'DELTA_BINARY_PACKED' as const,
    })),
    statistics: false,
    rowGroupSize: Math.max(1, columns[0].length),
    createdBy: 'modelhub',
    kvMetadata: [{ key: METADATA_KEY, value: renderMetadata(sketch) }],
  })
  return new Uint8Array(writer.getBuffer())
}

function filledBins(sketch: Sketch): Int32Array[] {
  let filled = 0
  for (const { counts } of sketch.partitions) for (const bins of counts) for (const n of bins) if (n > 0) filled++
  const columns = COLUMNS.map(() => new Int32Array(filled))
  let row = 0
  sketch.partitions.forEach(({ counts }, partition) => {
    counts.forEach((bins, feature) => {
      bins.forEach((n, bin) => {
        if (n === 0) return
        const values = [partition, feature, bin, n]
        columns.forEach((column, i) => (column[row] = values[i]))
        row++
      })
    })
  })
  return columns
}
