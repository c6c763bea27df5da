import { ModelHubError } from '../common/index.ts'
import type { ColumnChunk, ReadOptions, StringColumn } from '../dataset/index.ts'
import type { InputSignature } from '../model/index.ts'
import { countRows } from './count-rows.ts'
import { BATCH_VALUES, type BatchTensor, type Census, type InputBatch, type InputSource } from './input-source.ts'
import type { PrepareOptions } from './prepare-options.ts'
import { chunkChoice } from './chunk-choice.ts'
import { openTextColumns, type TextColumns } from './text-columns.ts'
import { TextTokenizer, type EncodedText } from './text-tokenizer.ts'
import { TokenFile } from './token-file.ts'

/** Tokens kept where neither the card nor the tokenizer states a limit. */
const DEFAULT_MAX_TOKENS = 512

const ROLES = ['input_ids', 'attention_mask', 'token_type_ids'] as const

/**
 * Opens texts, or pairs in two columns, for a model: tokens by its tokenizer, cut to the limit and padded to the size
 * that the card's tensors state, else to the longest. A missing text is an empty one.
 *
 * @throws CARD_INVALID, MODEL_MISMATCH when the tensors are others than input_ids, attention_mask and token_type_ids of
 *   shape (N, tokens), MODEL_UNSAFE, MODEL_INVALID, USAGE, COLUMN_MISSING, and what opening throws
 */
export async function openTextInputs(
  paths: readonly string[],
  signature: InputSignature,
  options: PrepareOptions,
): Promise<InputSource> {
  const width = tokenWidth(signature)
  const tokenizer = await TextTokenizer.open(signature, options.modelFolder)
  const most = Math.min(width ?? Infinity, signature.maxTokens ?? tokenizer.maxTokens ?? width ?? DEFAULT_MAX_TOKENS)
  const columns = await openTextColumns(paths, signature, options)
  const roles = signature.tensors.map(({ name }) => name as Role)
  return new TextInputs(columns, { tokenizer, roles, width, most, folder: options.folder })
}

type Role = (typeof ROLES)[number]

interface TextRule {
  readonly tokenizer: TextTokenizer
  readonly roles: readonly Role[]
  /** Tokens that every text is padded to; the longest text's when absent. */
  readonly width?: number
  readonly most: number
  readonly folder: string
}

/** The number of tokens that the tensors fix, if they fix one. */
function tokenWidth({ tensors, normalisation }: InputSignature): number | undefined {
  if (normalisation !== undefined && normalisation.kind !== 'none') {
    throw new ModelHubError(
      'MODEL_MISMATCH',
      `modelhub.input.normalisation: tokens have none, got ${normalisation.kind}`,
    )
  }
  const widths = new Set<number>()
  for (const { name, shape } of tensors) {
    if (!ROLES.some(role => role === name) || shape.length !== 2) {
      const got = `${name} (${shape.join(', ')})`
      throw new ModelHubError('MODEL_MISMATCH', `input: expected ${ROLES.join(', ')} of shape (N, tokens), got ${got}`)
    }
    if (typeof shape[1] === 'number') widths.add(shape[1])
  }
  if (widths.size > 1) throw new ModelHubError('MODEL_MISMATCH', `input: expected one width, got ${[...widths]}`)
  return [...widths][0]
}

class TextInputs implements InputSource {
  private readonly columns: TextColumns
  private readonly rule: TextRule

  constructor(columns: TextColumns, rule: TextRule) {
    this.columns = columns
    this.rule = rule
  }

  get warnings(): readonly string[] {
    return [...this.columns.table.warnings, ...this.columns.warnings]
  }

  census(options: ReadOptions): Promise<Census> {
    return countRows(this.columns.table, options)
  }

  async *batches(chosen: Uint32Array, options: ReadOptions): AsyncGenerator<InputBatch> {
    const tokens = await TokenFile.create(this.rule.folder)
    try {
      for await (const { chunk, rows, before } of chunkChoice(this.columns.table.chunks(options), chosen)) {
        await tokens.append(this.encoded(chunk, rows, before))
      }
      await tokens.finish()
      const width = this.rule.width ?? Math.max(1, tokens.longest)
      const step = Math.max(1, Math.floor(BATCH_VALUES / (width * this.rule.roles.length)))
      for (let from = 0; from < chosen.length; from += step) {
        const rows = chosen.subarray(from, from + step)
        const texts = await tokens.texts(from, from + rows.length)
        yield { rows, tensors: this.rule.roles.map(role => this.padded(texts, role, width)) }
      }
    } finally {
      await tokens.remove()
    }
  }

  close(): void {
    this.columns.table.close()
  }

  private encoded({ columns }: ColumnChunk, rows: Uint32Array, before: number): readonly EncodedText[] {
    const texts = this.columns.positions.map(f => columns[f] as StringColumn)
    const { tokenizer, most } = this.rule
    return Array.from(rows, row =>
      tokenizer.encode(
        texts.map(column => column[row - before] ?? ''),
        most,
      ),
    )
  }

  private padded(texts: readonly EncodedText[], role: Role, width: number): BatchTensor {
    const { padId, padsLeft } = this.rule.tokenizer
    const values = new Float64Array(texts.length * width).fill(role === 'input_ids' ? padId : 0)
    texts.forEach(({ ids, segments }, i) => {
      const start = i * width + (padsLeft ? width - ids.length : 0)
      if (role === 'attention_mask') values.fill(1, start, start + ids.length)
      else values.set(role === 'input_ids' ? ids : segments, start)
    })
    return { rowShape: [width], values }
  }
}
