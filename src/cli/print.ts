export { byteSize } from '../common/byte-size.ts'
export { percent } from '../common/percent.ts'

/** Prints a result as JSON, the only thing on standard output. */
export function printJson(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
}

/** Prints a line of a result. */
export function printLine(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** Tells something beside the result, on standard error. */
export function printNote(note: string): void {
  process.stderr.write(`${note}\n`)
}
