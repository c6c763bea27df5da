import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { golden } from '../golden-file.ts'
import { workersFromSource } from '../inference/from-source.ts'
import { modelBytes, node, value } from '../onnx-models.ts'
import { makeModelFolder } from './made-models.ts'
import { newHub } from './open-hub.ts'

const { tokenizer } = golden<{ tokenizer: { model: { vocab: Record<string, number> } } }>('tokenizer.json')
const { vocab } = tokenizer.model

/** The mean over tokens of what each is worth to a label: 9 to its own word, 0 else. */
function wordModel(words: readonly [string, string]): Uint8Array {
  const size = Math.max(...Object.values(vocab)) + 1
  const worth = new Array<number>(2 * size).fill(0)
  words.forEach((word, label) => (worth[2 * vocab[word] + label] = 9))
  return modelBytes({
    inputs: [value('input_ids', ['N', 'tokens'], 'int64')],
    outputs: [value('logits', ['N', 2])],
    weights: [{ name: 'worth', dims: [size, 2], floats: worth }],
    nodes: [
      node('Gather', ['worth', 'input_ids'], ['each']),
      node('ReduceMean', ['each'], ['logits'], { axes: [1], keepdims: 0 }),
    ],
  })
}

function textFolder(within: string, name: string, words: readonly [string, string]): string {
  const input = {
    kind: 'text' as const,
    tensors: [{ name: 'input_ids', shape: ['N', 'tokens'], type: 'int64' as const }],
    columns: ['text'],
    tokenizer: './vocabulary/tokenizer.json',
  }
  const modelhub = { input, labels: ['fox', 'dog'], calibration: undefined, output: { kind: 'logits' as const } }
  const folder = makeModelFolder(within, { name, onnx: wordModel(words), modelhub })
  mkdirSync(join(folder, 'vocabulary'))
  writeFileSync(join(folder, 'vocabulary/tokenizer.json'), JSON.stringify(tokenizer))
  return folder
}

function writeTexts(within: string): string {
  const texts = Array.from({ length: 40 }, (_, i) =>
    i % 2 === 0
      ? { text: `the quick fox jumps over ${i}`, y: 'fox' }
      : { text: `a lazy dog jumped ${i} over the lazy one`, y: 'dog' },
  )
  const path = join(within, 'texts.ndjson')
  writeFileSync(path, texts.map(row => `${JSON.stringify(row)}\n`).join(''))
  return path
}

beforeAll(workersFromSource)

describe('a text model in a hub', () => {
  it('is ranked and predicted with: its tokenizer is published with it', async () => {
    const { hub } = await newHub()
    const within = temporaryFolder()
    const texts = writeTexts(within)
    const dataOptions = { label: 'y', types: { text: 'text' as const } }
    for (const [name, words] of [
      ['x/right', ['fox', 'dog']],
      ['x/turned', ['dog', 'fox']],
    ] as const) {
      const folder = textFolder(within, name, words)
      await hub.publish({ folder, data: [texts], dataOptions })
      rmSync(folder, { recursive: true })
    }
    const { results, failures } = await hub.rank([texts], dataOptions)
    expect(failures).toEqual([])
    expect(results.map(({ model, scores }) => [model, scores.accuracy])).toEqual([
      ['x/right', 1],
      ['x/turned', 0],
    ])
    const { predicted } = await hub.predict('x/turned', [texts], dataOptions)
    expect([...predicted.slice(0, 4)]).toEqual([1, 0, 1, 0])
    await hub.close()
  })

  it('is another version with another tokenizer, and none without or with one from elsewhere', async () => {
    const { hub } = await newHub()
    const within = temporaryFolder()
    const texts = writeTexts(within)
    const folder = textFolder(within, 'x/right', ['fox', 'dog'])
    const source = { folder, data: [texts], dataOptions: { label: 'y', types: { text: 'text' as const } } }
    const { version } = await hub.publish(source)
    const path = join(folder, 'vocabulary/tokenizer.json')
    writeFileSync(path, JSON.stringify({ ...tokenizer, truncation: null }, null, 1))
    const changed = await hub.publish(source)
    expect([changed.created, changed.version.version]).toEqual([true, 2])
    expect(changed.version.sizeBytes).toBeGreaterThan(version.sizeBytes)
    rmSync(path)
    await expect(hub.publish(source)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringMatching(/README\.md: its tokenizer vocabulary\/tokenizer\.json is not there$/) as string,
    })
    symlinkSync(texts, path)
    await expect(hub.publish(source)).rejects.toMatchObject({ code: 'MODEL_UNSAFE' })
    await hub.close()
  })
})
