#!/usr/bin/env node
import { reportError } from './report-error.ts'
import { makeProgram } from './program.ts'

const interrupt = new AbortController()
process.once('SIGINT', () => interrupt.abort('SIGINT'))
process.once('SIGTERM', () => interrupt.abort('SIGTERM'))
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads the output has seen enough, as `head` has.
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await makeProgram(interrupt.signal).parseAsync()
} catch (error) {
  process.exitCode = reportError(error)
}
