import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './scripts/closing-line-reporter.mjs'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Receipts of the tests' searches are not the user's; tests that load ONNX Runtime themselves report to nobody.
    env: { XDG_STATE_HOME: join(tmpdir(), 'modelhub-tests'), ORT_DISABLE_TELEMETRY: '1' },
  },
})
