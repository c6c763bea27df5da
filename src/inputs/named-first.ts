const NAMED = 5

/** The first few of many names, and how many more there are. */
export function namedFirst(names: readonly string[]): string {
  const more = names.length - NAMED
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ')
}
