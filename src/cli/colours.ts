import pc from 'picocolors'

/**
 * Colours for standard output: on a terminal, unless NO_COLOR (https://no-color.org) or `--no-color` says no; elsewhere
 * only where FORCE_COLOR asks for them.
 */
export function colours(): ReturnType<typeof pc.createColors> {
  return pc.createColors(wanted(process.env))
}

function wanted({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR || process.argv.includes('--no-color')) return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return Boolean(process.stdout.isTTY) && TERM !== 'dumb'
}
