import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** Lets worker processes start from TypeScript, as this process does. */
export function workersFromSource(): void {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  if (!process.execArgv.includes(loader)) process.execArgv.push('--import', loader)
}
