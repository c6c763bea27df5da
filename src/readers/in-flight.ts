/**
 * Maps the items of a stream, in order, with up to `most` of them under way at once.
 *
 * @throws what the stream or the mapping throws
 */
export async function* inFlight<From, To>(
  items: AsyncIterable<From>,
  most: number,
  map: (item: From) => Promise<To>,
): AsyncGenerator<To> {
  const queue: Promise<To>[] = []
  for await (const item of items) {
    const mapped = map(item)
    mapped.catch(() => undefined) // reported when its turn comes
    queue.push(mapped)
    if (queue.length >= most) yield await queue.shift()!
  }
  while (queue.length > 0) yield await queue.shift()!
}
