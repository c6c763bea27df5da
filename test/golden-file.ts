import { readFileSync } from 'node:fs'

/** The parsed contents of test/golden/<name>. */
export function golden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8')) as T
}
