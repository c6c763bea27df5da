// Shows what a sketch file holds, with DuckDB alone: node examples/read-sketch-with-duckdb.mjs FILE
import { DuckDBInstance } from '@duckdb/node-api'

const file = `'${process.argv[2].replaceAll("'", "''")}'`
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
const rows = async sql => (await connection.runAndReadAll(sql)).getRowsJson()

const [[metadata]] = await rows(
  `SELECT decode(value) FROM parquet_kv_metadata(${file}) WHERE decode(key) = 'modelhub.sketch'`,
)
const { profile, rows: datasetRows, partitions, features } = JSON.parse(metadata)
console.log(`${datasetRows} rows, profile ${profile}, ${partitions.length} partitions`)

const perFeature = await rows(
  `SELECT feature, count(*), sum("count") FROM ${file} WHERE partition = 0 GROUP BY feature ORDER BY feature`,
)
for (const [feature, bins, counted] of perFeature) {
  const { name, type } = features[feature]
  console.log(`${name} (${type}): ${counted} counted in ${bins} bins`)
}

connection.disconnectSync()
instance.closeSync()
