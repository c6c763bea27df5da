/** Runs work several times; gives the seconds of the fastest run, and what the last one returned. */
export function bestOf<T>(rounds: number, work: () => T): [number, T] {
  let [least, result] = [Infinity, undefined as T | undefined]
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    result = work()
    least = Math.min(least, (performance.now() - began) / 1000)
  }
  return [least, result as T]
}
