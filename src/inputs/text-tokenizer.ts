import { readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Tokenizer } from '@huggingface/tokenizers'
import { ModelHubError } from '../common/index.ts'
import type { InputSignature } from '../model/index.ts'
import { keptTokens } from './kept-tokens.ts'

/** A text, or a pair, as a model takes it: ids of its tokens, special ones included. */
export interface EncodedText {
  readonly ids: readonly number[]
  /** Which text each token belongs to, 0 or 1. */
  readonly segments: readonly number[]
}

/** What tokenizer.json says beside the tokenizer itself. */
interface TokenizerFile {
  readonly padding?: { readonly pad_id?: number; readonly direction?: string } | null
  readonly truncation?: { readonly max_length?: number; readonly direction?: string } | null
  readonly post_processor?: { readonly type?: string } | null
}

/** Larger files are no tokenizers: those of 250,000 tokens have some 20 MB. */
const MAX_TOKENIZER_BYTES = 128 * 2 ** 20

const PAD_TOKENS = ['[PAD]', '<pad>', '<|endoftext|>']

/** A tokenizer of the Hugging Face format, in the folder of its model. */
export class TextTokenizer {
  /** The id that fills up shorter texts; 0 where the file names none. */
  readonly padId: number
  readonly padsLeft: boolean
  /** The limit that the file states, if any. */
  readonly maxTokens?: number
  private readonly tokenizer: Tokenizer
  private readonly cutsLeft: boolean
  private readonly hasSegments: boolean

  private constructor(tokenizer: Tokenizer, { padding, truncation, post_processor: post }: TokenizerFile) {
    const named = PAD_TOKENS.map(token => tokenizer.token_to_id(token)).find(id => id !== undefined)
    this.tokenizer = tokenizer
    this.padId = padding?.pad_id ?? named ?? 0
    this.padsLeft = padding?.direction === 'Left'
    this.maxTokens = truncation?.max_length
    this.cutsLeft = truncation?.direction === 'Left'
    this.hasSegments = post?.type !== 'RobertaProcessing' // which numbers both texts 0
  }

  /**
   * Opens the tokenizer that a card names.
   *
   * @throws CARD_INVALID when it names none, USAGE without the model's folder, MODEL_UNSAFE when the file lies outside
   *   it, FILE_NOT_FOUND, MODEL_INVALID when it is no tokenizer
   */
  static async open(signature: InputSignature, modelFolder: string | undefined): Promise<TextTokenizer> {
    const path = await tokenizerPath(signature, modelFolder)
    const { size } = await stat(path)
    if (size > MAX_TOKENIZER_BYTES) {
      throw new ModelHubError('MODEL_INVALID', `${path}: expected at most ${MAX_TOKENIZER_BYTES} bytes, got ${size}`)
    }
    const { Tokenizer } = await import('@huggingface/tokenizers')
    try {
      const file = JSON.parse(await readFile(path, 'utf8')) as TokenizerFile
      return new TextTokenizer(new Tokenizer(file, {}), file)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new ModelHubError('MODEL_INVALID', `${path}: not a tokenizer: ${reason}`, { cause })
    }
  }

  /**
   * @param texts one, or the two of a pair
   * @param most tokens kept, special ones included
   */
  encode(texts: readonly string[], most: number): EncodedText {
    const tokens = texts.map(text => this.tokenizer.tokenize(text))
    const special = this.joined(tokens.map(() => [])).tokens.length
    const kept = keptTokens(
      tokens.map(({ length }) => length),
      Math.max(0, most - special),
    )
    const cut = tokens.map((all, i) => (this.cutsLeft ? all.slice(all.length - kept[i]) : all.slice(0, kept[i])))
    const { tokens: whole, segments } = this.joined(cut)
    const { model } = this.tokenizer
    return { ids: whole.map(token => this.tokenizer.token_to_id(token) ?? model?.unk_token_id ?? 0), segments }
  }

  /** One or two texts' tokens with the special ones around them. */
  private joined([first, second]: readonly string[][]): { tokens: readonly string[]; segments: readonly number[] } {
    const own = [...first.map(() => 0), ...(second ?? []).map(() => 1)]
    const post = this.tokenizer.post_processor?._call(first, second ?? null, true)
    if (!post) return { tokens: [...first, ...(second ?? [])], segments: own }
    const tokens = [...post.tokens, ...(post.tokens_pair ?? [])]
    const segments = this.hasSegments ? (post.token_type_ids ?? own) : tokens.map(() => 0)
    return { tokens, segments }
  }
}

async function tokenizerPath({ tokenizer }: InputSignature, modelFolder: string | undefined): Promise<string> {
  if (tokenizer === undefined) {
    throw new ModelHubError('CARD_INVALID', 'modelhub.input.tokenizer: expected a file of the model, as kind is text')
  }
  if (modelFolder === undefined) throw new ModelHubError('USAGE', `modelFolder: expected the folder of ${tokenizer}`)
  const missing = (cause: unknown) => {
    throw new ModelHubError('FILE_NOT_FOUND', `${join(modelFolder, tokenizer)}: no such file`, { cause })
  }
  const folder = await realpath(modelFolder).catch(missing)
  const path = await realpath(join(folder, tokenizer)).catch(missing)
  if (path.startsWith(folder + sep)) return path
  throw new ModelHubError(
    'MODEL_UNSAFE',
    `modelhub.input.tokenizer: expected a file in ${modelFolder}, got ${tokenizer}`,
  )
}
