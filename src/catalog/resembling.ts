/** Share of a word's letters that may be wrong, in [0, 1]. */
const TOLERANCE = 0.4

/**
 * The named things whose name resembles a query, best first: every word of the query must be in the name, up to a few
 * wrong letters; ties go to the shorter name, then by name. An empty query is in every name.
 */
export async function resembling<Named extends { readonly name: string }>(
  things: readonly Named[],
  query: string,
): Promise<readonly Named[]> {
  // Loaded only here: most commands look for no name.
  const { default: Fuse } = await import('fuse.js')
  const options = { includeScore: true, ignoreLocation: true, threshold: TOLERANCE }
  const names = [...new Set(things.map(({ name }) => name))]
  const fuse = new Fuse(names, options)
  let scores = new Map(names.map(name => [name, 0]))
  for (const word of query.split(/\s+/).filter(Boolean)) {
    const found = new Map(fuse.search(word).map(({ item, score = 0 }) => [item, score]))
    scores = new Map([...scores].flatMap(([name, sum]) => (found.has(name) ? [[name, sum + found.get(name)!]] : [])))
  }
  const score = ({ name }: Named) => scores.get(name)!
  return things
    .filter(({ name }) => scores.has(name))
    .sort((a, b) => score(a) - score(b) || a.name.length - b.name.length || compareNames(a.name, b.name))
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
