import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Runs a Python program of bench/peers in the environment that bench/peers/requirements.txt pins, and parses what it
 * prints. One thread for everybody: the peers' libraries are told so; nor does their ONNX Runtime report
 * its use, as ours does not.
 *
 * The interpreter is MODELHUB_PYTHON, or that of the repository's .venv. Ends the process with a message when the
 * environment lacks something.
 */
export function runPeer<T>(program: string, args: readonly string[]): T {
  const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  const venv = at('../.venv/bin/python')
  const python = process.env.MODELHUB_PYTHON ?? (existsSync(venv) ? venv : 'python3')
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', ORT_DISABLE_TELEMETRY: '1' }
  const { status, stdout, stderr } = spawnSync(python, [at(`peers/${program}`), ...args], {
    encoding: 'utf8',
    env,
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (status === 0) return JSON.parse(stdout) as T
  process.stderr.write(`${stderr}\nbench/peers/${program} failed; it needs an environment with its requirements:\n`)
  process.stderr.write('  python -m venv .venv && .venv/bin/pip install -r bench/peers/requirements.txt\n')
  process.exit(2)
}
