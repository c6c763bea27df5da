import { ModelHubError } from '../common/index.ts'

/** Names given on the command line with commas between them. */
export function nameList(option: string): (text: string) => string[] {
  return text => {
    const names = text.split(',').map(name => name.trim())
    if (names.every(name => name !== '')) return names
    throw new ModelHubError('USAGE', `${option}: expected names with commas between them, got "${text}"`)
  }
}
