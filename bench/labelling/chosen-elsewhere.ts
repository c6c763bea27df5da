/** A target's family, and the area under regret that each method has there. */
export interface FamilyAreas {
  readonly family: string
  readonly areas: ReadonlyMap<string, number>
}

/**
 * The method that is chosen for each family by the others: that of the least area over that of `reference`, mean over the
 * families. What comes of it is what choosing the method without looking gives.
 */
export function chosenElsewhere(
  targets: readonly FamilyAreas[],
  methods: readonly string[],
  reference: string,
): ReadonlyMap<string, string> {
  const families = [...new Set(targets.map(({ family }) => family))]
  const sumOf = (family: string, method: string) =>
    targets.reduce((sum, target) => sum + (target.family === family ? target.areas.get(method)! : 0), 0)
  const ratio = (family: string, method: string) => sumOf(family, method) / sumOf(family, reference)
  return new Map(
    families.map(family => {
      const others = families.filter(other => other !== family)
      const costs = methods.map(method => others.reduce((sum, other) => sum + ratio(other, method), 0))
      return [family, methods[costs.indexOf(Math.min(...costs))]]
    }),
  )
}
