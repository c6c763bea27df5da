/** How candidates are found: `exact` compares all of them, the others those of an index, `auto` goes by the hub's size. */
export const ENGINES = ['auto', 'exact', 'block', 'lsh'] as const

export type EngineName = (typeof ENGINES)[number]
