/** Models named in a warning. */
const MOST_NAMED = 3

/**
 * Warns of models that were sketched by another view than the target, which share no features with it and would else
 * look as if they did not fit. Views of images and of tables do not mix; tables as they lie count as a view only where
 * nothing is ranked, as most hubs hold both.
 *
 * @returns one warning a view, in order of first appearance
 */
export function otherViews(
  targetView: string | undefined,
  candidates: Iterable<{ readonly name: string; readonly view: string | null }>,
  { nothingRanked }: { readonly nothingRanked: boolean },
): string[] {
  const byView = new Map<string | null, string[]>()
  for (const { view, name } of candidates) {
    const stated = targetView !== undefined && view !== null
    if (view === (targetView ?? null) || ofTables(view) !== ofTables(targetView) || !(stated || nothingRanked)) continue
    const names = byView.get(view) ?? []
    names.push(name)
    byView.set(view, names)
  }
  return [...byView].map(([view, names]) => {
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
    return (
      `models sketched by view ${nameOf(view)} do not compare with a target sketched by view ` +
      `${nameOf(targetView)}: ${names.slice(0, MOST_NAMED).join(', ')}${more}`
    )
  })
}

function ofTables(view: string | null | undefined): boolean {
  return view === null || view === undefined || view === 'records' || view.startsWith('text:')
}

function nameOf(view: string | null | undefined): string {
  return view ?? 'none (a plain table)'
}
