/** Remembers what was found of objects, so that whoever needs the same does not look for it again. */
export class FoundOnce {
  private readonly known = new WeakMap<object, Map<string, unknown>>()

  /** What is called `name` of an object: as it was found before, else as `find` finds it now. */
  of<T>(object: object, name: string, find: () => T): T {
    const names = this.known.get(object) ?? new Map<string, unknown>()
    this.known.set(object, names)
    if (!names.has(name)) names.set(name, find())
    return names.get(name) as T
  }
}
