import { parquetMetadata, parquetRead, type FileMetaData } from 'hyparquet'
import { ModelHubError } from '../common/modelhub-error.ts'
import { binCount } from './feature-bins.ts'
import { METADATA_KEY, parseMetadata, type SketchHeader } from './sketch-metadata.ts'
import { binsOf, type PartitionKind, type Sketch } from './sketch.ts'

/** Largest sketch file that is opened. */
export const MAX_SKETCH_BYTES = 256 * 1024 * 1024

/** Most bins, over all partitions and features, that are held in memory: half a gigabyte of counts. */
const MAX_CELLS = 2 ** 27

/** Rows of the counts as they lie in the file. */
type CountColumns = Record<'partition' | 'feature' | 'bin' | 'count', ArrayLike<number>>

/**
 * Reads a sketch file and checks that its counts agree with its header.
 *
 * @param file name to use in errors
 * @throws SKETCH_INVALID
 */
export async function readSketch(bytes: Uint8Array, file: string): Promise<Sketch> {
  if (bytes.byteLength > MAX_SKETCH_BYTES) {
    throw new ModelHubError(
      'SKETCH_INVALID',
      `${file}: expected at most ${MAX_SKETCH_BYTES} bytes, got ${bytes.byteLength}`,
    )
  }
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  const metadata = parquetMetadataOf(buffer, file)
  const header = parseMetadata(headerText(metadata, file), file)
  return fillCounts(header, await countColumns(buffer, metadata, file), file)
}

function parquetMetadataOf(buffer: ArrayBuffer, file: string): FileMetaData {
  try {
    return parquetMetadata(buffer)
  } catch (cause) {
    throw new ModelHubError('SKETCH_INVALID', `${file}: expected a Parquet file, got a damaged or other one`, { cause })
  }
}

function headerText(metadata: FileMetaData, file: string): string {
  const value = metadata.key_value_metadata?.find(({ key }) => key === METADATA_KEY)?.value
  if (value === undefined) {
    throw new ModelHubError(
      'SKETCH_INVALID',
      `${file}: expected a sketch, got a Parquet file without '${METADATA_KEY}'`,
    )
  }
  return value
}

async function countColumns(file: ArrayBuffer, metadata: FileMetaData, name: string): Promise<CountColumns> {
  const columns = { partition: [] as number[], feature: [] as number[], bin: [] as number[], count: [] as number[] }
  const rows = Number(metadata.num_rows)
  try {
    await parquetRead({
      file,
      metadata,
      columns: Object.keys(columns),
      onChunk: ({ columnName, columnData, rowStart }) => {
        const target = columns[columnName as keyof CountColumns]
        for (let i = 0; i < columnData.length; i++) target[rowStart + i] = Number(columnData[i])
      },
    })
  } catch (cause) {
    throw new ModelHubError('SKETCH_INVALID', `${name}: its counts cannot be read`, { cause })
  }
  for (const [column, values] of Object.entries(columns)) {
    if (values.length !== rows) {
      throw new ModelHubError('SKETCH_INVALID', `${name}: ${column}: expected ${rows} rows, got ${values.length}`)
    }
  }
  return columns
}

function fillCounts(header: SketchHeader, columns: CountColumns, file: string): Sketch {
  requirePartitions(header, file)
  const partitions = header.partitions.map(partition => ({
    ...partition,
    counts: header.features.map(feature => new Uint32Array(binCount(binsOf(feature, partition.kind)))),
  }))
  for (let row = 0; row < columns.count.length; row++) {
    const counts = partitions[columns.partition[row]]?.counts[columns.feature[row]]
    const bin = columns.bin[row]
    const where = `bin ${bin} of feature ${columns.feature[row]} in partition ${columns.partition[row]}`
    if (!counts || !(bin >= 0 && bin < counts.length)) {
      throw new ModelHubError('SKETCH_INVALID', `${file}: row ${row}: there is no ${where}`)
    }
    if (!(columns.count[row] > 0) || counts[bin] > 0) {
      throw new ModelHubError(
        'SKETCH_INVALID',
        `${file}: row ${row}: count: expected one above 0 for ${where}, got ${columns.count[row]} after ${counts[bin]}`,
      )
    }
    counts[bin] = columns.count[row]
  }
  const sketch = { ...header, partitions }
  checkTotals(sketch, file)
  return sketch
}

/** The whole comes first and once; the partitions of every kind share out its rows; their bins fit into memory. */
function requirePartitions({ rows, partitions, features }: SketchHeader, file: string): void {
  const rowsOf = (kind: PartitionKind) => partitions.reduce((sum, p) => sum + (p.kind === kind ? p.rows : 0), 0)
  if (partitions[0].kind !== 'whole') {
    throw new ModelHubError(
      'SKETCH_INVALID',
      `${file}: partitions: expected the whole first, got ${partitions[0].kind}`,
    )
  }
  for (const kind of ['whole', 'clustered', 'random'] as const) {
    const counted = rowsOf(kind)
    if (counted !== rows && (counted > 0 || kind === 'whole')) {
      throw new ModelHubError(
        'SKETCH_INVALID',
        `${file}: partitions: expected ${rows} rows in those of kind ${kind}, got ${counted}`,
      )
    }
  }
  const bins = (kind: PartitionKind) => features.reduce((sum, feature) => sum + binCount(binsOf(feature, kind)), 0)
  const cells = bins('whole') + (partitions.length - 1) * bins('random')
  if (cells > MAX_CELLS) {
    throw new ModelHubError('SKETCH_INVALID', `${file}: partitions: expected at most ${MAX_CELLS} bins, got ${cells}`)
  }
}

/** Each row is counted once per feature and partition; a text counts its tokens instead. */
function checkTotals(sketch: Sketch, file: string): void {
  sketch.partitions.forEach(({ rows, counts }, partition) => {
    sketch.features.forEach(({ name, type }, f) => {
      const total = counts[f].reduce((sum, n) => sum + n, 0)
      if (type === 'text' ? total < rows : total !== rows) {
        throw new ModelHubError(
          'SKETCH_INVALID',
          `${file}: partition ${partition}, feature ${name}: expected ${rows} counted, got ${total}`,
        )
      }
    })
  })
}
