import { SingleBar } from 'cli-progress'
import type { ProgressEvent, ProgressHook } from '../common/index.ts'

/** A progress bar on standard error. */
export interface ProgressBar {
  readonly onProgress: ProgressHook
  /** Clears the bar away. */
  stop(): void
}

/**
 * Draws rate and time left while work goes on; draws nothing where standard error is no terminal.
 */
export function progressBar(): ProgressBar {
  if (!process.stderr.isTTY) return { onProgress: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{stage} {bar} {percentage}% | {value}/{total} {unit} | {rate}/s | {eta_formatted} left',
    clearOnComplete: true,
    hideCursor: true,
    etaBuffer: 50,
  })
  let stage: string | undefined
  let started = 0
  const onProgress = (event: ProgressEvent) => {
    const { done, total, unit } = event
    if (stage !== event.stage) {
      bar.stop()
      stage = event.stage
      started = performance.now()
      bar.start(total ?? done, 0, { stage, unit, rate: 0 })
    }
    const seconds = (performance.now() - started) / 1000
    if (total === undefined) bar.setTotal(done)
    bar.update(done, { rate: seconds > 0 ? Math.round(done / seconds) : 0 })
  }
  return {
    onProgress,
    stop: () => {
      bar.stop()
    },
  }
}
