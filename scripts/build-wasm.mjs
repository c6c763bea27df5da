// Compiles wasm/min-hash.ts (AssemblyScript) into src/retrieval/generated/min-hash-wasm.ts: npm run wasm
//
//   node scripts/build-wasm.mjs [--check]
//
// With --check nothing is written, and a module that is out of date ends with exit code 1.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const at = path => fileURLToPath(new URL(path, import.meta.url))
const target = at('../src/retrieval/generated/min-hash-wasm.ts')
let bytes
const { error, stderr } = await asc.main(
  ['min-hash.ts', '--outFile', 'min-hash.wasm', '-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert'],
  {
    readFile: name => (name === 'min-hash.ts' ? readFileSync(at('../wasm/min-hash.ts'), 'utf8') : null),
    writeFile: (_, contents) => (bytes = contents),
    listFiles: () => [],
  },
)
if (error) {
  process.stderr.write(`${stderr.toString()}${error.message}\n`)
  process.exit(1)
}
const text = `/** wasm/min-hash.ts compiled, base64; made by npm run wasm. */
export const MIN_HASH_WASM =
  '${Buffer.from(bytes).toString('base64')}'
`
const current = () => readFileSync(target, 'utf8') === text
if (!process.argv.includes('--check')) writeFileSync(target, text)
else if (!current()) {
  process.stderr.write(
    'src/retrieval/generated/min-hash-wasm.ts: not what wasm/min-hash.ts compiles to; npm run wasm\n',
  )
  process.exitCode = 1
}
