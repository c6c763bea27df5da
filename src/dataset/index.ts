export type { Feature, FeatureType } from './feature.ts'
export type { Column, ColumnChunk, ColumnSource, NumericColumn, ReadOptions, StringColumn } from './column-chunk.ts'
