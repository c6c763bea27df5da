/** 95 % interval of a share by inverting the binomial's tails (Clopper and Pearson 1934), by bisection. */
export function clopperPearson(right: number, n: number): readonly [number, number] {
  const low = right === 0 ? 0 : bisect(p => atLeast(right, n, p) < 0.025)
  const high = right === n ? 1 : bisect(p => 1 - atLeast(right + 1, n, p) > 0.025)
  return [low, high]
}

/** Where a condition that holds below and fails above turns. */
function bisect(holds: (p: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

function atLeast(k: number, n: number, p: number): number {
  let sum = 0
  let logTerm = n * Math.log(1 - p)
  for (let i = 0; i <= n; i++) {
    if (i >= k) sum += Math.exp(logTerm)
    logTerm += Math.log((n - i) / (i + 1)) + Math.log(p / (1 - p))
  }
  return sum
}
