// Compiles the kernels of wasm/ (AssemblyScript) into TypeScript modules that hold them as base64: npm run wasm
//
//   node scripts/build-wasm.mjs [--check]
//
// With --check nothing is written, and a module that is out of date ends with exit code 1.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const KERNELS = [
  { source: 'wasm/x-log-x.ts', target: 'src/math/generated/x-log-x-wasm.ts', name: 'X_LOG_X_WASM' },
  { source: 'wasm/affinities.ts', target: 'src/math/generated/affinities-wasm.ts', name: 'AFFINITIES_WASM' },
  { source: 'wasm/min-hash.ts', target: 'src/retrieval/generated/min-hash-wasm.ts', name: 'MIN_HASH_WASM' },
  {
    source: 'wasm/probability-min-hash.ts',
    target: 'src/sketch/generated/probability-min-hash-wasm.ts',
    name: 'PROBABILITY_MIN_HASH_WASM',
  },
  {
    source: 'wasm/root-products.ts',
    target: 'src/retrieval/generated/root-products-wasm.ts',
    name: 'ROOT_PRODUCTS_WASM',
  },
]

const at = path => fileURLToPath(new URL(`../${path}`, import.meta.url))

async function compiled(source) {
  let bytes
  const { error, stderr } = await asc.main(
    ['kernel.ts', '--outFile', 'kernel.wasm', '-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert'],
    {
      readFile: name => (name === 'kernel.ts' ? readFileSync(at(source), 'utf8') : null),
      writeFile: (_, contents) => (bytes = contents),
      listFiles: () => [],
    },
  )
  if (error) throw new Error(`${source}: ${stderr.toString()}`, { cause: error })
  return Buffer.from(bytes).toString('base64')
}

for (const { source, target, name } of KERNELS) {
  const text = `/** ${source} compiled, base64; made by npm run wasm. */\nexport const ${name} =\n  '${await compiled(source)}'\n`
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(at(target)), { recursive: true })
    writeFileSync(at(target), text)
  } else if (readFileSync(at(target), 'utf8') !== text) {
    process.stderr.write(`${target}: not what ${source} compiles to; npm run wasm\n`)
    process.exitCode = 1
  }
}
