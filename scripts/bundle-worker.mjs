// Puts what the worker process of a model imports into its one file: npm run build
//
// A process is started for every model that is run, and Node takes half of its start to find and load a hundred modules.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const worker = fileURLToPath(new URL('../dist/inference/worker-main.js', import.meta.url))

await build({
  entryPoints: [worker],
  outfile: worker,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: ['onnxruntime-node'],
  banner: { js: '// Holds @bufbuild/protobuf too: Copyright 2021-2026 Buf Technologies, Inc., Apache-2.0.' },
  sourcemap: true,
  logLevel: 'warning',
})
