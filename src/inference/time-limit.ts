const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** A time limit that does not run while it is paused. */
export class TimeLimit {
  private readonly milliseconds: number
  private readonly onEnd: () => void
  private spentMs = 0
  private since: number | undefined
  private timer: NodeJS.Timeout | undefined

  /**
   * Starts it.
   *
   * @param onEnd called once it is used up, but not while it is paused
   */
  constructor(seconds: number, onEnd: () => void) {
    this.milliseconds = seconds * 1000
    this.onEnd = onEnd
    this.resume()
  }

  /** Seconds that it ran. */
  get seconds(): number {
    return (this.spentMs + (this.since === undefined ? 0 : performance.now() - this.since)) / 1000
  }

  /** Lets it stand still until it is resumed. */
  pause(): void {
    this.spentMs = this.seconds * 1000
    this.since = undefined
    clearTimeout(this.timer)
  }

  /** Lets it go on; one that runs is left alone. */
  resume(): void {
    if (this.since !== undefined) return
    this.since = performance.now()
    this.timer = setTimeout(this.onEnd, Math.min(this.milliseconds - this.spentMs, LONGEST_TIMEOUT_MS))
  }
}
